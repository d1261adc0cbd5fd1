// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.24;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {AshaoStaking} from "./AshaoStaking.sol";

/// @title Treasury: revenue in, one half to the buyback burner and one half to stakers out.
/// @notice The split is a rule, not a decision: anyone may call `distribute`, nobody can change the halves,
/// and the owner can spend only the reserve, which never contains revenue.
contract AshaoTreasury is Ownable {
    using SafeERC20 for IERC20;

    IERC20 public immutable stable;
    AshaoStaking public immutable staking;
    address public immutable burner;

    /// @notice USDC that was deposited as working capital, not earned: it is not split.
    uint256 public reserve;

    event Distributed(uint256 toBurner, uint256 toStakers);
    event ReserveDeposited(address indexed from, uint256 amount);
    event Paid(address indexed to, uint256 amount);

    error NothingToDistribute();
    error ReserveTooSmall(uint256 reserve, uint256 wanted);

    constructor(IERC20 stable_, AshaoStaking staking_, address burner_, address owner_) Ownable(owner_) {
        stable = stable_;
        staking = staking_;
        burner = burner_;
        stable_.forceApprove(address(staking_), type(uint256).max);
    }

    /// @notice Revenue received and not yet split, in base units of USDC. Any USDC that arrives other than
    /// through `depositReserve` is revenue.
    function undistributed() public view returns (uint256) {
        return stable.balanceOf(address(this)) - reserve;
    }

    /// @notice Splits the revenue received since the last call into two exactly equal halves. Of an odd
    /// amount the last base unit ($0.000001) stays and counts towards the next split.
    function distribute() external {
        uint256 half = undistributed() / 2;
        if (half == 0) revert NothingToDistribute();
        stable.safeTransfer(burner, half);
        staking.notifyReward(half);
        emit Distributed(half, half);
    }

    /// @notice Adds working capital that is not revenue.
    function depositReserve(uint256 amount) external {
        reserve += amount;
        stable.safeTransferFrom(msg.sender, address(this), amount);
        emit ReserveDeposited(msg.sender, amount);
    }

    /// @notice Pays a cost from the reserve.
    function pay(address to, uint256 amount) external onlyOwner {
        if (amount > reserve) revert ReserveTooSmall(reserve, amount);
        reserve -= amount;
        stable.safeTransfer(to, amount);
        emit Paid(to, amount);
    }
}
