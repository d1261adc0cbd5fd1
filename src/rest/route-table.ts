import { ACCOUNT_ROUTE } from './account'
import { BADGE_ROUTE } from './badge'
import { BARE_SUPPLY_ROUTES } from './bare-supply'
import { BLOCKSCOUT_COUNTERS_ROUTE } from './blockscout-counters'
import { BLOCKSCOUT_CHARTS_ROUTE, BLOCKSCOUT_LINES_ROUTE } from './blockscout-lines'
import { ACCOUNT_PAGE_ROUTE, dashboardRoute } from './dashboard-page'
import { DEFILLAMA_DAILY_ROUTE } from './defillama-daily'
import { DICTIONARY_ROUTE } from './dictionary'
import { DOCS_FILE_ROUTE, DOCS_ROUTE } from './docs-page'
import { OEMBED_ROUTE } from './embed/oembed'
import { ETHERSCAN_STATS_ROUTE } from './etherscan-stats'
import { FIGURE_GROUP_ROUTES } from './figure-groups'
import { GRAFANA_SERIES_ROUTE } from './grafana-series'
import { INVARIANTS_ROUTE } from './invariants'
import { METRICS_ROUTE } from './metrics'
import { openApiRoute } from './openapi'
import { RECONCILIATIONS_ROUTE } from './reconciliations'
import type { Route } from './route'
import { SERIES_ROUTE } from './series'
import { HEALTH_ROUTE, READY_ROUTE, STATUS_ROUTE } from './service-state'
import { SUPPLY_ROUTE } from './supply'
import { SUPPLY_BREAKDOWN_ROUTE } from './supply-breakdown'
import { POLICY_ROUTE, WINDOWS_ROUTE } from './windows'

/** Every path of REST, in the order in which it is shown: what is served, checked and documented. */
export function routeTable(): readonly Route[] {
  const table: readonly Route[] = [
    ...FIGURE_GROUP_ROUTES,
    POLICY_ROUTE,
    WINDOWS_ROUTE,
    SERIES_ROUTE,
    ACCOUNT_ROUTE,
    INVARIANTS_ROUTE,
    RECONCILIATIONS_ROUTE,
    DICTIONARY_ROUTE,
    SUPPLY_ROUTE,
    ...BARE_SUPPLY_ROUTES,
    SUPPLY_BREAKDOWN_ROUTE,
    ETHERSCAN_STATS_ROUTE,
    BLOCKSCOUT_COUNTERS_ROUTE,
    BLOCKSCOUT_CHARTS_ROUTE,
    BLOCKSCOUT_LINES_ROUTE,
    BADGE_ROUTE,
    DEFILLAMA_DAILY_ROUTE,
    GRAFANA_SERIES_ROUTE,
    OEMBED_ROUTE,
    dashboardRoute(() => table),
    ACCOUNT_PAGE_ROUTE,
    HEALTH_ROUTE,
    READY_ROUTE,
    STATUS_ROUTE,
    METRICS_ROUTE,
    openApiRoute(() => table),
    DOCS_ROUTE,
    DOCS_FILE_ROUTE,
  ]
  return table
}
