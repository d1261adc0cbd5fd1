export enum BurnMode {
    UNKNOWN = "UNKNOWN",
    TRANSFER = "TRANSFER",
    BURN_EVENT = "BURN_EVENT",
}
