// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.24;

/// @title Events of contracts that this project did not write, by the names that they have there.
/// @dev An interface: it is compiled for its ABI alone, so that no topic is ever computed by hand.
interface EventsInTheWild {
    /// @dev What staking contracts call Stake and Unstake elsewhere.
    event Staked(address indexed account, uint256 amount);
    event Unstaked(address indexed account, uint256 amount);
    event Withdrawn(address indexed account, uint256 amount);
    /// @dev A proxy has other code from now on (EIP-1967).
    event Upgraded(address indexed implementation);
    /// @dev What a Uniswap V2 pair holds after a trade.
    event Sync(uint112 reserve0, uint112 reserve1);
}
