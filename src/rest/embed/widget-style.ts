const LIGHT = `color-scheme:light;--ground:#fff;--ink:#15181d;--soft:#5a6371;--line:#e4e7ec;--burn:#b4510a;--fire:#e8731a;
--total:#3d4757;--circulating:#2563c9;--staked:#0d7a70;--warn:#fff4e6`
const DARK = `color-scheme:dark;--ground:#12151a;--ink:#eef1f5;--soft:#9ba5b4;--line:#2a303a;--burn:#f7a05a;--fire:#f08a35;
--total:#c3ccd8;--circulating:#69a2ff;--staked:#3ecdbd;--warn:#3a2a18`

/** The looks of all widgets: one text, so that one hash in the policy of the page allows it. */
export const WIDGET_STYLE = `
:root{${LIGHT}}
[data-theme=dark]{${DARK}}
@media (prefers-color-scheme:dark){[data-theme=auto]{${DARK}}}
*{box-sizing:border-box;margin:0}
html{background:var(--ground);color:var(--ink);font:14px/1.4 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;
font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%}
main{display:flex;flex-direction:column;gap:10px;min-height:100vh;padding:16px 18px 0;overflow-wrap:anywhere}
h1{font-size:13px;font-weight:600;color:var(--soft);letter-spacing:.01em}
small{font-size:max(.72em,10px);font-weight:500;color:var(--soft)}
data span+span{margin-left:.17em}
.lead{font-size:clamp(22px,8.4vw,42px);font-weight:680;line-height:1.1;letter-spacing:-.015em;margin-top:-6px}
.lead small{font-size:.42em;letter-spacing:0}
.burned .lead{color:var(--burn)}
dl{display:grid;grid-auto-flow:dense;grid-template-columns:repeat(auto-fit,minmax(92px,1fr));gap:8px 16px;padding-top:10px;border-top:1px solid var(--line)}
dt{font-size:12px;color:var(--soft)}
dl>div:has(.unknown){grid-column:1/-1;display:flex;flex-wrap:wrap;align-items:baseline;gap:0 8px}
dd{font-size:16px;font-weight:600}
dd .unknown{display:block;text-align:left;font-size:12px;font-weight:400;color:var(--soft)}
.mark{display:inline-block;vertical-align:middle;margin-right:6px}
i.mark{width:8px;height:8px;border-radius:50%;background:var(--fire)}
svg.mark{width:18px;height:4px}
.legs{display:grid;grid-template-columns:repeat(auto-fit,minmax(160px,1fr));gap:8px 16px}
.legs p{display:flex;flex-wrap:wrap;justify-content:space-between;gap:2px 8px;font-size:12px;color:var(--soft)}
.legs b{font-weight:600;color:var(--ink)}
.bar{width:100%;height:6px;border-radius:3px;fill:var(--staked)}
.bar.burn{fill:var(--fire)}
.bar .due{fill:var(--line)}
.plot{position:relative;flex:2 0 88px;border-bottom:1px solid var(--line);border-top:1px dashed var(--line)}
.plot.small{flex:1 0 48px}
.plot svg{position:absolute;inset:0;width:100%;height:100%;overflow:visible}
.plot span{position:absolute;right:0;z-index:1;font-size:11px;color:var(--soft);line-height:1}
.plot .most{bottom:100%;padding-bottom:2px}.plot .least{bottom:3px;padding:1px 0 1px 3px;background:var(--ground)}
.plot{margin-top:8px}
.days{display:flex;justify-content:space-between;font-size:11px;color:var(--soft);margin-top:-6px}
path{fill:none;stroke:currentColor;stroke-width:2;vector-effect:non-scaling-stroke;stroke-linejoin:round}
path.area{fill:var(--fire);fill-opacity:.18;stroke:none}
.total{color:var(--total)}.circulating{color:var(--circulating)}.staked{color:var(--staked)}svg .burned,svg.burned{color:var(--fire)}
.circulating path{stroke-dasharray:6 3}.staked path{stroke-dasharray:2 3}
.legend{border:0;padding:0}
footer{position:sticky;bottom:0;z-index:2;display:flex;flex-wrap:wrap;gap:0 10px;margin-top:auto;padding:4px 0 12px;background:var(--ground);font-size:11px;color:var(--soft)}
.final{color:var(--staked)}
.note,#lost:not(:empty){padding:8px 10px;border-left:3px solid var(--fire);background:var(--warn);font-size:12px}
#lost:not(:empty){position:sticky;top:0;z-index:2}
.old :is(.lead,dl,.legs,.plot){filter:grayscale(1);opacity:.75}
@media (max-width:359px){
main{padding:12px 12px 0;gap:8px}
dl{grid-template-columns:1fr;gap:3px}
dl>div{display:flex;justify-content:space-between;align-items:baseline;gap:0 10px}
dd{text-align:right;font-size:14px}
}
@media (max-height:150px){main{gap:6px;padding:10px 12px 0}dl,.legs{display:none}footer{position:static;margin-top:0}}
@media (prefers-reduced-motion:no-preference){.changed .lead{animation:changed 1.4s ease-out}@keyframes changed{from{color:var(--fire)}}}
`
