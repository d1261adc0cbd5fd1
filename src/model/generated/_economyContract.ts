export enum EconomyContract {
    token = "token",
    staking = "staking",
    stable = "stable",
}
