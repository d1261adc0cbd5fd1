export enum BurnPurpose {
    BUYBACK = "BUYBACK",
    BRIDGE = "BRIDGE",
    OTHER = "OTHER",
}
