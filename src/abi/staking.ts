import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    OwnershipTransferred: event("0x8be0079c531659141344cd1fd0a4f28419497f9722a3daafe3b4186f6b6457e0", "OwnershipTransferred(address,address)", {"previousOwner": indexed(p.address), "newOwner": indexed(p.address)}),
    RewardFunded: event("0x525b74a34fa7d280989782ff88faded7890117edd2a674614497b9ed45b45988", "RewardFunded(address,uint256)", {"funder": indexed(p.address), "amount": p.uint256}),
    RewardPaid: event("0xe2403640ba68fed3a2f88b7557551d1993f84b99bb10ff833f0cf8db0c5e0486", "RewardPaid(address,uint256)", {"account": indexed(p.address), "reward": p.uint256}),
    Stake: event("0xebedb8b3c678666e7f36970bc8f57abf6d8fa2e828c0da91ea5b75bf68ed101a", "Stake(address,uint256)", {"account": indexed(p.address), "amount": p.uint256}),
    Unstake: event("0x85082129d87b2fe11527cb1b3b7a520aeb5aa6913f88a3d8757fe40d1db02fdd", "Unstake(address,uint256)", {"account": indexed(p.address), "amount": p.uint256}),
}

export const functions = {
    STREAM_SECONDS: viewFun("0x4e030249", "STREAM_SECONDS()", {}, p.uint256),
    claim: fun("0x4e71d92d", "claim()", {}, p.uint256),
    earned: viewFun("0x008cc262", "earned(address)", {"account": p.address}, p.uint256),
    funder: viewFun("0x041ae880", "funder()", {}, p.address),
    notifyReward: fun("0x60993b5b", "notifyReward(uint256)", {"amount": p.uint256}, ),
    owner: viewFun("0x8da5cb5b", "owner()", {}, p.address),
    renounceOwnership: fun("0x715018a6", "renounceOwnership()", {}, ),
    rewardRate: viewFun("0x7b0a47ee", "rewardRate()", {}, p.uint256),
    rewardToken: viewFun("0xf7c618c1", "rewardToken()", {}, p.address),
    secondsLeft: viewFun("0x86a83735", "secondsLeft()", {}, p.uint256),
    setFunder: fun("0x0acc8cd1", "setFunder(address)", {"funder_": p.address}, ),
    stake: fun("0xa694fc3a", "stake(uint256)", {"amount": p.uint256}, ),
    stakeOf: viewFun("0x42623360", "stakeOf(address)", {"account": p.address}, p.uint256),
    token: viewFun("0xfc0c546a", "token()", {}, p.address),
    totalStaked: viewFun("0x817b1cd2", "totalStaked()", {}, p.uint256),
    transferOwnership: fun("0xf2fde38b", "transferOwnership(address)", {"newOwner": p.address}, ),
    unstake: fun("0x2e17de78", "unstake(uint256)", {"amount": p.uint256}, ),
}

export class Contract extends ContractBase {

    STREAM_SECONDS() {
        return this.eth_call(functions.STREAM_SECONDS, {})
    }

    earned(account: EarnedParams["account"]) {
        return this.eth_call(functions.earned, {account})
    }

    funder() {
        return this.eth_call(functions.funder, {})
    }

    owner() {
        return this.eth_call(functions.owner, {})
    }

    rewardRate() {
        return this.eth_call(functions.rewardRate, {})
    }

    rewardToken() {
        return this.eth_call(functions.rewardToken, {})
    }

    secondsLeft() {
        return this.eth_call(functions.secondsLeft, {})
    }

    stakeOf(account: StakeOfParams["account"]) {
        return this.eth_call(functions.stakeOf, {account})
    }

    token() {
        return this.eth_call(functions.token, {})
    }

    totalStaked() {
        return this.eth_call(functions.totalStaked, {})
    }
}

/// Event types
export type OwnershipTransferredEventArgs = EParams<typeof events.OwnershipTransferred>
export type RewardFundedEventArgs = EParams<typeof events.RewardFunded>
export type RewardPaidEventArgs = EParams<typeof events.RewardPaid>
export type StakeEventArgs = EParams<typeof events.Stake>
export type UnstakeEventArgs = EParams<typeof events.Unstake>

/// Function types
export type STREAM_SECONDSParams = FunctionArguments<typeof functions.STREAM_SECONDS>
export type STREAM_SECONDSReturn = FunctionReturn<typeof functions.STREAM_SECONDS>

export type ClaimParams = FunctionArguments<typeof functions.claim>
export type ClaimReturn = FunctionReturn<typeof functions.claim>

export type EarnedParams = FunctionArguments<typeof functions.earned>
export type EarnedReturn = FunctionReturn<typeof functions.earned>

export type FunderParams = FunctionArguments<typeof functions.funder>
export type FunderReturn = FunctionReturn<typeof functions.funder>

export type NotifyRewardParams = FunctionArguments<typeof functions.notifyReward>
export type NotifyRewardReturn = FunctionReturn<typeof functions.notifyReward>

export type OwnerParams = FunctionArguments<typeof functions.owner>
export type OwnerReturn = FunctionReturn<typeof functions.owner>

export type RenounceOwnershipParams = FunctionArguments<typeof functions.renounceOwnership>
export type RenounceOwnershipReturn = FunctionReturn<typeof functions.renounceOwnership>

export type RewardRateParams = FunctionArguments<typeof functions.rewardRate>
export type RewardRateReturn = FunctionReturn<typeof functions.rewardRate>

export type RewardTokenParams = FunctionArguments<typeof functions.rewardToken>
export type RewardTokenReturn = FunctionReturn<typeof functions.rewardToken>

export type SecondsLeftParams = FunctionArguments<typeof functions.secondsLeft>
export type SecondsLeftReturn = FunctionReturn<typeof functions.secondsLeft>

export type SetFunderParams = FunctionArguments<typeof functions.setFunder>
export type SetFunderReturn = FunctionReturn<typeof functions.setFunder>

export type StakeParams = FunctionArguments<typeof functions.stake>
export type StakeReturn = FunctionReturn<typeof functions.stake>

export type StakeOfParams = FunctionArguments<typeof functions.stakeOf>
export type StakeOfReturn = FunctionReturn<typeof functions.stakeOf>

export type TokenParams = FunctionArguments<typeof functions.token>
export type TokenReturn = FunctionReturn<typeof functions.token>

export type TotalStakedParams = FunctionArguments<typeof functions.totalStaked>
export type TotalStakedReturn = FunctionReturn<typeof functions.totalStaked>

export type TransferOwnershipParams = FunctionArguments<typeof functions.transferOwnership>
export type TransferOwnershipReturn = FunctionReturn<typeof functions.transferOwnership>

export type UnstakeParams = FunctionArguments<typeof functions.unstake>
export type UnstakeReturn = FunctionReturn<typeof functions.unstake>

