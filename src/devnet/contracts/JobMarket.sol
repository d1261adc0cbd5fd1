// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {AshaoStaking} from "./AshaoStaking.sol";

/// @title Where users pay for inference and workers are paid for it.
/// @notice A worker keeps 70 % of the value of a job, 80 % if it stakes; the rest is treasury revenue.
contract JobMarket {
    using SafeERC20 for IERC20;

    /// @notice One credit is $0.01, in base units of USDC.
    uint256 public constant CREDIT_PRICE = 10_000;
    uint256 public constant UNSTAKED_WORKER_BPS = 7_000;
    uint256 public constant STAKED_WORKER_BPS = 8_000;

    IERC20 public immutable stable;
    AshaoStaking public immutable staking;
    address public immutable treasury;

    event JobPaid(
        address indexed user, address indexed worker, uint256 credits, uint256 toWorker, uint256 toTreasury
    );

    constructor(IERC20 stable_, AshaoStaking staking_, address treasury_) {
        stable = stable_;
        staking = staking_;
        treasury = treasury_;
    }

    /// @notice Share of a job's value that `worker` keeps, in basis points.
    function workerShareBps(address worker) public view returns (uint256) {
        return staking.stakeOf(worker) > 0 ? STAKED_WORKER_BPS : UNSTAKED_WORKER_BPS;
    }

    /// @dev A credit is 10,000 base units, so both shares are whole base units: nothing is rounded.
    function payJob(address worker, uint256 credits) public {
        uint256 value = credits * CREDIT_PRICE;
        uint256 toWorker = value * workerShareBps(worker) / 10_000;
        uint256 toTreasury = value - toWorker;
        stable.safeTransferFrom(msg.sender, worker, toWorker);
        stable.safeTransferFrom(msg.sender, treasury, toTreasury);
        emit JobPaid(msg.sender, worker, credits, toWorker, toTreasury);
    }

    /// @notice Pays two jobs at once: two treasury inflows in one transaction.
    function payTwoJobs(address firstWorker, address secondWorker, uint256 creditsEach) external {
        payJob(firstWorker, creditsEach);
        payJob(secondWorker, creditsEach);
    }
}
