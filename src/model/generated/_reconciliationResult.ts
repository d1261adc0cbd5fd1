export enum ReconciliationResult {
    EQUAL = "EQUAL",
    DIFFERENT = "DIFFERENT",
    GAP = "GAP",
}
