/** The report's style sheet: system fonts, one accent, light and dark, print. The page carries its hash in the policy. */
export const reportStyle = `
:root { color-scheme: light dark; --ink: #1b1d21; --soft: #5a606b; --line: #d9dce1; --paper: #fdfdfc; --panel: #f4f4f1; --accent: #1f4e79; --chip: #eaeff5;
  --yes: #1d5c3a; --no: #8f2a23; --open: #6b5310; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e5e7; --soft: #a0a6b0; --line: #363a42; --paper: #16181c; --panel: #1e2126; --accent: #8db8e2; --chip: #26303b;
  --yes: #86c9a2; --no: #eb9a92; --open: #d8bd6c; } }
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif; }
body { max-width: 70rem; margin: 0 auto; padding: 2.5rem 2rem 5rem; }
h1, h2, h3 { line-height: 1.25; font-weight: 600; text-wrap: balance; }
h1 { font-size: 1.65rem; margin: 0.2rem 0 0.3rem; }
h2 { font-size: 1.2rem; margin: 3rem 0 0.7rem; padding-top: 0.7rem; border-top: 2px solid var(--ink); }
h2 .state { float: right; font-size: 0.85rem; font-weight: 400; color: var(--soft); padding-top: 0.25rem; }
h3 { font-size: 1rem; margin: 1.6rem 0 0.4rem; }
p { margin: 0.4rem 0; max-width: 50rem; }
ul { margin: 0.4rem 0; padding-left: 1.2rem; } li { margin: 0.15rem 0; max-width: 50rem; }
a { color: var(--accent); }
.meta, .soft, caption { color: var(--soft); } .meta { font-size: 0.87rem; }
.headline { font-size: 1.18rem; line-height: 1.45; margin: 1.1rem 0 0.9rem; max-width: 54rem; }
.strip { display: grid; grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr)); gap: 0; border: 1px solid var(--line); margin: 1.2rem 0; }
.strip div { padding: 0.6rem 0.9rem; border-right: 1px solid var(--line); } .strip div:last-child { border-right: 0; }
.strip b { display: block; font-size: 1.05rem; font-weight: 600; } .strip span { font-size: 0.83rem; color: var(--soft); }
nav { font-size: 0.87rem; margin: 0.6rem 0; } nav a { margin-right: 1.1rem; text-decoration: none; } nav a:hover { text-decoration: underline; }
table { border-collapse: collapse; width: 100%; margin: 0.6rem 0 1rem; font-size: 0.92rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-size: 0.85rem; padding-bottom: 0.3rem; }
th { text-align: left; font-weight: 600; font-size: 0.8rem; color: var(--soft); border-bottom: 1px solid var(--ink); padding: 0.25rem 0.7rem 0.25rem 0; vertical-align: bottom; }
td { vertical-align: top; border-bottom: 1px solid var(--line); padding: 0.5rem 0.7rem 0.5rem 0; overflow-wrap: anywhere; }
td p { margin: 0 0 0.3rem; } td ul { margin: 0.2rem 0; }
td.n, th.n { text-align: right; white-space: nowrap; overflow-wrap: normal; } .nowrap { white-space: nowrap; overflow-wrap: normal; }
.words { border-left: 2px solid var(--line); padding-left: 0.6rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.status { white-space: nowrap; font-weight: 600; overflow-wrap: normal; } .supported, .yes { color: var(--yes); } .contradicted, .overdue, .no { color: var(--no); } .open, .unknown { color: var(--open); }
.mark { display: inline-block; font-size: 0.78rem; border: 1px solid var(--line); border-radius: 2px; padding: 0 0.35rem; color: var(--soft); white-space: nowrap; }
.mark.adopted { border-color: var(--yes); color: var(--yes); } .mark.proposed { border-style: dashed; }
.small { font-size: 0.84rem; line-height: 1.4; } td p.small { margin: 0.3rem 0 0; }
.cite { font: 0.78rem/1.4 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; background: var(--chip); color: var(--accent); padding: 0.05rem 0.35rem; border-radius: 3px;
  text-decoration: none; margin-right: 0.25rem; overflow-wrap: anywhere; display: inline-block; max-width: 100%; }
a.cite:hover { text-decoration: underline; } .more { font-size: 0.78rem; color: var(--soft); }
code, .hash { font: 0.8rem/1.4 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
.box { background: var(--panel); padding: 0.7rem 1rem; margin: 0.8rem 0; } .box p { margin: 0.2rem 0; }
table.narrow { width: auto; min-width: 22rem; } .narrow td { padding-top: 0.2rem; padding-bottom: 0.2rem; }
.assess th:nth-child(1) { width: 4%; } .assess th:nth-child(2) { width: 22%; } .assess th:nth-child(3) { width: 13%; } .assess th:nth-child(5) { width: 25%; }
.duties th:nth-child(1) { width: 20%; } .duties th:nth-child(2) { width: 9%; } .duties th:nth-child(3) { width: 28%; } .duties th:nth-child(5) { width: 19%; }
:target td { background: var(--chip); }
svg.bar { display: inline-block; vertical-align: middle; height: 0.6rem; width: 6rem; } .bar rect.of { fill: var(--line); } .bar rect.is { fill: var(--accent); }
footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: 0.7rem; font-size: 0.85rem; color: var(--soft); }
@media (max-width: 44rem) { body { padding: 1.2rem 1rem; } table { display: block; overflow-x: auto; } h2 .state { float: none; display: block; } }
@media print { :root { --ink: #000; --soft: #444; --line: #bbb; --paper: #fff; --panel: #f4f4f4; --accent: #000; --chip: #eee; --yes: #000; --no: #000; --open: #000; }
  html { font-size: 10.5pt; } body { max-width: none; padding: 0; } nav { display: none; } h2 { break-after: avoid; margin-top: 1.6rem; } tr { break-inside: avoid; } thead { display: table-header-group; } @page { margin: 18mm 16mm; } }
`
