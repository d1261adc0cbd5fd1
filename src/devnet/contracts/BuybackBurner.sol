// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.24;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {AshaoToken} from "./AshaoToken.sol";

interface ISwapRouter {
    function swapExactTokensForTokens(
        uint256 amountIn,
        uint256 amountOutMin,
        address[] calldata path,
        address to,
        uint256 deadline
    ) external returns (uint256[] memory amounts);
}

/// @title Buys $ASHAO on the open market with the treasury's USDC and burns it.
/// @notice The owner chooses the moment and the worst price, nothing else: USDC can leave only into the
/// market, $ASHAO can leave only into a burn.
/// @dev `buyback` does both in one transaction; `buy` and `burn` do them apart.
contract BuybackBurner is Ownable {
    using SafeERC20 for IERC20;

    AshaoToken public immutable token;
    IERC20 public immutable stable;
    ISwapRouter public immutable router;

    event Bought(uint256 spent, uint256 bought);

    constructor(AshaoToken token_, IERC20 stable_, ISwapRouter router_, address owner_) Ownable(owner_) {
        token = token_;
        stable = stable_;
        router = router_;
        stable_.forceApprove(address(router_), type(uint256).max);
    }

    function buyback(uint256 amountIn, uint256 minOut) external {
        burn(buy(amountIn, minOut));
    }

    /// @dev Restricted, because a stranger's `minOut` of 0 is an invitation to be sandwiched.
    function buy(uint256 amountIn, uint256 minOut) public onlyOwner returns (uint256 bought) {
        address[] memory path = new address[](2);
        path[0] = address(stable);
        path[1] = address(token);
        uint256[] memory amounts =
            router.swapExactTokensForTokens(amountIn, minOut, path, address(this), block.timestamp);
        bought = amounts[1];
        emit Bought(amountIn, bought);
    }

    function burn(uint256 amount) public onlyOwner {
        token.burn(amount);
    }

    /// @notice Two equal burns in one transaction: two burns for whoever reads the chain, not one.
    function burnTwice(uint256 amountEach) external {
        burn(amountEach);
        burn(amountEach);
    }
}
