export enum FlowDirection {
    IN = "IN",
    OUT = "OUT",
    WITHIN = "WITHIN",
}
