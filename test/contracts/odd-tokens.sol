// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.24;

/// @title Tokens that keep their books as everyone does and speak about it in their own way.
abstract contract Ledger {
    address internal constant DEAD = 0x000000000000000000000000000000000000dEaD;

    uint8 public constant decimals = 18;
    uint256 public totalSupply;
    mapping(address account => uint256) public balanceOf;
    mapping(address owner => mapping(address spender => uint256)) public allowance;

    constructor(address genesisHolder, uint256 supply) {
        totalSupply = supply;
        balanceOf[genesisHolder] = supply;
        sayMoved(address(0), genesisHolder, supply);
    }

    function transfer(address to, uint256 value) external returns (bool) {
        move(msg.sender, to, value);
        return true;
    }

    function transferFrom(address from, address to, uint256 value) external returns (bool) {
        allowance[from][msg.sender] -= value;
        move(from, to, value);
        return true;
    }

    function approve(address spender, uint256 value) external returns (bool) {
        allowance[msg.sender][spender] = value;
        return true;
    }

    function move(address from, address to, uint256 value) internal {
        balanceOf[from] -= value;
        balanceOf[to] += value;
        sayMoved(from, to, value);
    }

    function destroy(address from, uint256 value) internal {
        balanceOf[from] -= value;
        totalSupply -= value;
    }

    function sayMoved(address from, address to, uint256 value) internal virtual;
}

abstract contract IndexedLedger is Ledger {
    event Transfer(address indexed from, address indexed to, uint256 value);
    event Burn(address indexed from, uint256 value);

    function sayMoved(address from, address to, uint256 value) internal virtual override {
        emit Transfer(from, to, value);
    }
}

/// @notice A Burn event and no Transfer, as DSToken does it.
contract BurnOnlyToken is IndexedLedger {
    constructor(address holder, uint256 supply) Ledger(holder, supply) {}

    function burn(uint256 value) external {
        destroy(msg.sender, value);
        emit Burn(msg.sender, value);
    }

    function burnFrom(address from, uint256 value) external {
        allowance[from][msg.sender] -= value;
        destroy(from, value);
        emit Burn(from, value);
    }
}

/// @notice A Burn event, and a Transfer to an address that nobody has: nothing is destroyed.
contract BuryingToken is IndexedLedger {
    constructor(address holder, uint256 supply) Ledger(holder, supply) {}

    function burn(uint256 value) external {
        move(msg.sender, DEAD, value);
        emit Burn(msg.sender, value);
    }
}

/// @notice Two ways to burn in one token.
contract TwoWayToken is IndexedLedger {
    constructor(address holder, uint256 supply) Ledger(holder, supply) {}

    function burn(uint256 value) external {
        destroy(msg.sender, value);
        sayMoved(msg.sender, address(0), value);
    }

    function burnQuietly(uint256 value) external {
        destroy(msg.sender, value);
        emit Burn(msg.sender, value);
    }
}

/// @notice A proxy as it is seen from outside: it says when other code answers (EIP-1967).
contract UpgradableToken is IndexedLedger {
    event Upgraded(address indexed implementation);

    constructor(address holder, uint256 supply) Ledger(holder, supply) {}

    function sayMoved(address from, address to, uint256 value) internal override {
        // As a proxy does that is deployed with its first code: before anything else.
        if (from == address(0)) emit Upgraded(address(1));
        super.sayMoved(from, to, value);
    }

    function upgrade(address implementation) external {
        emit Upgraded(implementation);
    }
}

/// @notice The usual events with none of their parameters indexed: topic0 is the same, the rest is in the data.
contract UnindexedToken is Ledger {
    event Transfer(address from, address to, uint256 value);
    event Burn(address from, uint256 value);

    constructor(address holder, uint256 supply) Ledger(holder, supply) {}

    function burn(uint256 value) external {
        destroy(msg.sender, value);
        emit Transfer(msg.sender, address(0), value);
        emit Burn(msg.sender, value);
    }

    /// @dev No Burn event: who called is known from the Transfer's transaction alone.
    function burnFrom(address from, uint256 value) external {
        allowance[from][msg.sender] -= value;
        destroy(from, value);
        emit Transfer(from, address(0), value);
    }

    function sayMoved(address from, address to, uint256 value) internal override {
        emit Transfer(from, to, value);
    }
}

/// @notice Stakes under other names, nothing indexed, paid in what was sent here.
contract UnindexedStaking {
    Ledger public immutable token;
    Ledger public immutable rewardToken;
    uint256 public totalStaked;
    mapping(address account => uint256) public stakeOf;

    event Staked(address account, uint256 amount);
    event Unstaked(address account, uint256 amount);
    event RewardPaid(address account, uint256 reward);

    constructor(Ledger token_, Ledger rewardToken_) {
        token = token_;
        rewardToken = rewardToken_;
    }

    function stake(uint256 amount) external {
        totalStaked += amount;
        stakeOf[msg.sender] += amount;
        token.transferFrom(msg.sender, address(this), amount);
        emit Staked(msg.sender, amount);
    }

    function unstake(uint256 amount) external {
        totalStaked -= amount;
        stakeOf[msg.sender] -= amount;
        token.transfer(msg.sender, amount);
        emit Unstaked(msg.sender, amount);
    }

    function pay(address account, uint256 reward) external {
        rewardToken.transfer(account, reward);
        emit RewardPaid(account, reward);
    }
}
