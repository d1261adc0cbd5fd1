// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.24;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";

/// @title $ASHAO: a fixed supply that can only shrink.
/// @notice The whole supply is created in the constructor; no other code path mints.
contract AshaoToken is ERC20, ERC20Burnable {
    /// @notice 1,000,000,000 $ASHAO in base units (18 decimals).
    uint256 public constant MAX_SUPPLY = 1_000_000_000e18;

    /// @notice States a burn beside the Transfer to the zero address that every burn also emits.
    event Burn(address indexed from, uint256 value);

    constructor(address genesisHolder) ERC20("ashao", "ASHAO") {
        _mint(genesisHolder, MAX_SUPPLY);
    }

    /// @dev The only way for a value to reach the zero address is `burn` or `burnFrom`.
    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (to == address(0)) emit Burn(from, value);
    }
}
