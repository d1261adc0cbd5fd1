export enum PriceSource {
    BUYBACK = "BUYBACK",
    PAIR = "PAIR",
}
