export enum BucketInterval {
    HOUR = "HOUR",
    DAY = "DAY",
}
