export enum Verification {
    NONE = "NONE",
    BLOOM = "BLOOM",
    RECEIPTS = "RECEIPTS",
    QUORUM = "QUORUM",
}
