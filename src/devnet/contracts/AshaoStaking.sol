// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.24;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Stakes of $ASHAO and the stream of revenue to them.
/// @notice Rewards are USDC that the treasury earned; they flow for `STREAM_SECONDS` after each funding,
/// to every stake in proportion to its size. Nothing is ever paid by emission.
/// @dev Total stake is bookkept: $ASHAO sent here without `stake` belongs to nobody and earns nothing.
contract AshaoStaking is Ownable {
    using SafeERC20 for IERC20;

    /// @notice Length of the stream that a funding starts.
    uint256 public constant STREAM_SECONDS = 7 days;
    /// @dev Fixed-point scale of the accumulator; 1e30 keeps 6-decimal rewards exact over 1e27 of stake.
    uint256 private constant SCALE = 1e30;

    IERC20 public immutable token;
    IERC20 public immutable rewardToken;
    /// @notice The only account that may fund the stream: a stranger's 1-unit funding would stretch it.
    address public funder;

    uint256 public totalStaked;
    mapping(address account => uint256) public stakeOf;

    /// @notice Reward per second in the stream, times SCALE.
    uint256 public rewardRate;
    /// @notice Seconds of the stream not yet handed out; the clock stands still while nobody stakes.
    uint256 public secondsLeft;
    uint256 private updatedAt;
    uint256 private undividedReward;
    uint256 private rewardPerStake;
    mapping(address account => uint256) private rewardPerStakeSeen;
    mapping(address account => uint256) private rewardAccrued;

    event Stake(address indexed account, uint256 amount);
    event Unstake(address indexed account, uint256 amount);
    event RewardPaid(address indexed account, uint256 reward);
    event RewardFunded(address indexed funder, uint256 amount);

    error NotFunder(address caller);
    error ZeroAmount();
    error StakeTooSmall(uint256 stake, uint256 wanted);

    constructor(IERC20 token_, IERC20 rewardToken_, address owner_) Ownable(owner_) {
        token = token_;
        rewardToken = rewardToken_;
        updatedAt = block.timestamp;
    }

    function setFunder(address funder_) external onlyOwner {
        funder = funder_;
    }

    function stake(uint256 amount) external {
        if (amount == 0) revert ZeroAmount();
        settle(msg.sender);
        totalStaked += amount;
        stakeOf[msg.sender] += amount;
        token.safeTransferFrom(msg.sender, address(this), amount);
        emit Stake(msg.sender, amount);
    }

    function unstake(uint256 amount) external {
        if (amount == 0) revert ZeroAmount();
        if (amount > stakeOf[msg.sender]) revert StakeTooSmall(stakeOf[msg.sender], amount);
        settle(msg.sender);
        totalStaked -= amount;
        stakeOf[msg.sender] -= amount;
        token.safeTransfer(msg.sender, amount);
        emit Unstake(msg.sender, amount);
    }

    /// @notice Pays what has accrued to the caller. Nothing accrued is no payment and no event.
    function claim() external returns (uint256 reward) {
        settle(msg.sender);
        reward = rewardAccrued[msg.sender];
        if (reward == 0) return 0;
        rewardAccrued[msg.sender] = 0;
        rewardToken.safeTransfer(msg.sender, reward);
        emit RewardPaid(msg.sender, reward);
    }

    /// @notice Pulls `amount` of the reward token from the funder and streams it, together with what the
    /// running stream has not handed out yet, over a fresh STREAM_SECONDS.
    function notifyReward(uint256 amount) external {
        if (msg.sender != funder) revert NotFunder(msg.sender);
        if (amount == 0) revert ZeroAmount();
        settle(address(0));
        uint256 pot = rewardRate * secondsLeft + undividedReward + amount * SCALE;
        rewardRate = pot / STREAM_SECONDS;
        undividedReward = pot % STREAM_SECONDS;
        secondsLeft = STREAM_SECONDS;
        rewardToken.safeTransferFrom(msg.sender, address(this), amount);
        emit RewardFunded(msg.sender, amount);
    }

    /// @notice Reward that `claim` would pay to `account` now, in base units of the reward token.
    function earned(address account) public view returns (uint256) {
        (uint256 perStake,) = accumulated();
        return rewardAccrued[account] + Math.mulDiv(stakeOf[account], perStake - rewardPerStakeSeen[account], SCALE);
    }

    /// @dev With no stake nothing is handed out and no second of the stream is used up: no reward is lost.
    function accumulated() private view returns (uint256 perStake, uint256 elapsed) {
        if (totalStaked == 0) return (rewardPerStake, 0);
        elapsed = Math.min(block.timestamp - updatedAt, secondsLeft);
        perStake = rewardPerStake + rewardRate * elapsed / totalStaked;
    }

    /// @dev Brings the accumulator to now, then the account (if any) to the accumulator.
    function settle(address account) private {
        (uint256 perStake, uint256 elapsed) = accumulated();
        rewardPerStake = perStake;
        secondsLeft -= elapsed;
        updatedAt = block.timestamp;
        if (account == address(0)) return;
        rewardAccrued[account] = earned(account);
        rewardPerStakeSeen[account] = perStake;
    }
}
