export enum FlowPurpose {
    REVENUE = "REVENUE",
    INTERNAL = "INTERNAL",
    BUYBACK = "BUYBACK",
    REWARDS = "REWARDS",
    OTHER = "OTHER",
}
