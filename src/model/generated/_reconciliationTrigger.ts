export enum ReconciliationTrigger {
    INTERVAL = "INTERVAL",
    ON_DEMAND = "ON_DEMAND",
}
