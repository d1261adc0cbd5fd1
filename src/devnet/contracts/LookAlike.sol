// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.24;

/// @title A foreign contract whose logs carry the economy's topics.
/// @notice Whoever matches by topic alone counts these; whoever matches by address and topic does not.
contract LookAlike {
    event Transfer(address indexed from, address indexed to, uint256 value);
    event Burn(address indexed from, uint256 value);
    event Stake(address indexed account, uint256 amount);
    event Unstake(address indexed account, uint256 amount);
    event RewardPaid(address indexed account, uint256 reward);

    function imitate(address account, address treasury, uint256 amount) external {
        emit Transfer(address(0), account, amount);
        emit Transfer(account, address(0), amount);
        emit Transfer(account, treasury, amount);
        emit Burn(account, amount);
        emit Stake(account, amount);
        emit Unstake(account, amount);
        emit RewardPaid(account, amount);
    }
}
