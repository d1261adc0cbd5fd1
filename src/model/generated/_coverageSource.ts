export enum CoverageSource {
    RPC = "RPC",
    GATEWAY = "GATEWAY",
}
