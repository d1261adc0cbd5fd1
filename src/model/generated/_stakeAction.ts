export enum StakeAction {
    STAKE = "STAKE",
    UNSTAKE = "UNSTAKE",
}
