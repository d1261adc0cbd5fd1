export enum BurnEvidence {
    TRANSFER = "TRANSFER",
    TRANSFER_AND_BURN = "TRANSFER_AND_BURN",
    BURN = "BURN",
}
