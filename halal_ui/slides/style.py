"""
The stylesheet of slides. Every length is in `--u`, a hundredth of the width of a screen of 16:9, and every letter of a
slide's body in ems of `--t` of them, so that a slide is the same picture on every screen; a phone sets its own.
"""

from dataclasses import fields
from typing import Final

from halal_ui.charts.template import FONT
from halal_ui.look.palette import DARK, LIGHT, Palette

_COLOURS: Final = "".join(
    f"--{field.name.replace('_', '-')}:light-dark({getattr(LIGHT, field.name)},{getattr(DARK, field.name)});"
    for field in fields(Palette)
    if not field.name.endswith("_ramp")
)

_RULES: Final = """
.slides{position:absolute;inset:0;container-type:size;color:var(--ink);background:var(--page);font-family:FONT}
:where(.slides[data-dark="false"]){color-scheme:light}
:where(.slides[data-dark="true"]){color-scheme:dark}
.stage .slides{color-scheme:inherit}
.slide{--u:min(1cqw,1.7778cqh);box-sizing:border-box;position:absolute;inset:0;
  padding:calc(1.6*var(--u)) calc(3*var(--u)) 0;overflow:hidden;
  display:flex;flex-direction:column;gap:calc(1.2*var(--u));background:var(--page);color:var(--ink);
  font-size:calc(1.08*var(--u));line-height:1.25;font-variant-numeric:lining-nums}
.slide[hidden]{display:none}
.slide *{box-sizing:border-box}
.slide p,.slide h2,.slide h3,.slide ul,.slide li,.slide figure,.slide figcaption,.slide table,.slide caption{margin:0;
  padding:0;border:0;font-size:inherit;line-height:inherit;color:inherit;letter-spacing:normal;text-align:left}
.slide .slide-title{flex:none;font-size:calc(var(--s)*var(--u));line-height:1.14;font-weight:700;letter-spacing:-.01em;
  text-wrap:balance}
.slide-body{flex:1 1 0;min-height:0;display:flex;flex-direction:column;gap:calc(1.2*var(--u));
  font-size:calc(var(--t)*var(--u))}
.slide-body.alone{justify-content:center;padding-bottom:calc(3*var(--u))}
.slide .beside{flex:1 1 0;min-height:0;display:grid;gap:calc(2.4*var(--u))}
.slide .column{flex:1 1 0;min-width:0;min-height:0;display:flex;flex-direction:column;gap:calc(1.2*var(--u))}
.slide-body>.short,.slide .short>.picture{flex:none}
.slide-foot{flex:none;display:flex;flex-wrap:wrap;align-items:baseline;gap:0 1.6em;padding:.45em 0 .6em;
  border-top:1px solid var(--rule);color:var(--muted);line-height:1.3}
.slide-mark{background:var(--behind);color:var(--page);font-weight:600;border-radius:.25em;padding:0 .5em}
.slide .whole{white-space:nowrap}
.slide-place{margin-left:auto;font-variant-numeric:tabular-nums}
.slide.opening .slide-title{margin-top:24cqh;max-width:calc(84*var(--u))}
.slide.opening .slide-body{gap:.6em;padding-top:.6em;color:var(--muted)}
.slide.opening .slide-body p:first-child{color:var(--ink);font-weight:600}

.slide .figures{flex:none;display:grid;grid-template-columns:repeat(var(--many),minmax(0,1fr));gap:calc(1*var(--u))}
.slide .figure{border-left:calc(.35*var(--u)) solid var(--tone);background:var(--surface);
  border-radius:calc(.3*var(--u));padding:calc(.6*var(--u)) calc(.9*var(--u)) calc(.65*var(--u));min-width:0;
  overflow-wrap:anywhere}
.slide .figure h3{font-weight:600;color:var(--muted)}
.slide .counted{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 .4em}
.slide .counted b{font-size:calc(var(--n)*var(--u));line-height:1.1;font-weight:750;color:var(--tone);
  font-variant-numeric:tabular-nums;white-space:nowrap}
.slide .figure .rate{font-size:1.15em;font-weight:650}
.slide .figure .note{color:var(--muted)}

.slide .lines{list-style:none;flex:none}
.slide .lines li{position:relative;padding-left:1em;margin-bottom:.35em;line-height:1.32}
.slide .lines li::before{content:"";position:absolute;left:0;top:.48em;width:.36em;height:.36em;background:var(--quota);
  border-radius:50%}

.slide .sheet{flex:none;min-width:0}
.slide .sheet table{width:100%;table-layout:fixed;border-collapse:collapse;font-size:1em;color:var(--ink)}
.slide .sheet caption{caption-side:top;font-weight:650;padding-bottom:.3em;line-height:1.3}
.slide .sheet th,.slide .sheet td{padding:.25em .5em;border:0;border-bottom:1px solid var(--grid);text-align:left;
  vertical-align:baseline;font-size:1em;font-weight:400;line-height:1.25;color:inherit;overflow-wrap:anywhere;
  background:none}
.slide .sheet thead th{vertical-align:bottom;font-weight:600;color:var(--muted);border-bottom:2px solid var(--rule)}
.slide .sheet tbody th{font-weight:600}
.slide .sheet tfoot th,.slide .sheet tfoot td{font-weight:650;border-top:2px solid var(--rule);border-bottom:0}
.slide .sheet tr>:first-child{padding-left:0}
.slide .sheet tr>:last-child{padding-right:0}
.slide .sheet .n{text-align:right;font-variant-numeric:tabular-nums lining-nums}
.slide .sheet td.n{white-space:nowrap}
.slide .more,.slide .nothing{color:var(--muted)}

.slide .picture{flex:1 1 0;min-height:0;min-width:0;display:flex;flex-direction:column;gap:.4em}
.slide .picture figcaption{flex:none;display:flex;flex-wrap:wrap;gap:0 1.5em;color:var(--muted);line-height:1.3}
.slide .picture figcaption{color:var(--muted)}
.slide .picture figcaption b{font-weight:650;color:var(--ink)}
.slide .picture figcaption i{display:inline-block;margin-right:.4em}
.slide .key-track{width:1.5em;height:.62em;background:var(--rule);border-radius:.1em}
.slide .key-stroke{width:.17em;height:1em;background:var(--ink);vertical-align:-.15em}
.slide .key-line{width:1.6em;height:0;border-top:.17em solid var(--tone);vertical-align:.28em}
.slide .key-band{width:1.6em;height:.75em;background:linear-gradient(90deg,var(--used) 50%,var(--issued) 50%);
  opacity:.4;border-radius:.1em}
.slide .key-untold{width:1.4em;height:.75em;background:repeating-linear-gradient(45deg,var(--quota) 0 1px,
  transparent 1px 4px)}
.slide .key-line[style*=quota]{border-top-style:dotted}

.slide .bars{flex:1 1 0;min-height:0;display:grid;align-items:center;align-content:start;
  grid-auto-rows:minmax(min-content,5em);
  grid-template-columns:fit-content(34%) minmax(0,1fr) fit-content(40%);column-gap:.8em}
.slide .bar-row{display:contents}
.slide .bar{position:relative;height:var(--thick);min-height:0}
.slide .bar i{position:absolute;left:0;top:0;bottom:0;border-radius:.12em}
.slide .bar .track{background:var(--rule)}
.slide .bar .done{background:var(--tone);top:.14em;bottom:.14em}
.slide .bar .stroke{width:.18em;margin-left:-.09em;background:var(--ink);top:-.16em;bottom:-.16em;border-radius:0}
.slide .bar-label,.slide .bar-text{overflow-wrap:anywhere}
.slide .bar-text b{font-weight:700}
.slide .bar-text span{color:var(--muted)}

.slide .tiles{flex:1 1 0;min-height:0;display:grid;grid-auto-columns:minmax(0,1fr);grid-auto-rows:minmax(0,1fr);
  gap:calc(.6*var(--u))}
.slide .tile{border-left:calc(.35*var(--u)) solid var(--tone);background:var(--surface);
  border-radius:calc(.25*var(--u));padding:calc(.35*var(--u)) calc(.7*var(--u));min-width:0;
  display:flex;flex-direction:column;justify-content:center}
.slide .tile-head,.slide .tile-body{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:baseline;
  gap:0 .8em}
.slide .tile-head b{font-weight:650}
.slide .tile .status{color:var(--tone);font-weight:600}
.slide .tile-body b{font-size:2.1em;line-height:1.12;font-weight:750;font-variant-numeric:tabular-nums}
.slide .tile-body span{color:var(--muted)}
.slide .tile-share{height:.42em;margin-top:.25em;background:var(--rule);border-radius:.1em;flex:none}
.slide .tile-share i{display:block;height:100%;background:var(--tone);border-radius:.1em}

.slide .curve{flex:1 1 0;min-height:0;position:relative;margin:calc(1.5em*var(--lanes)) 1.2em 1.7em 3.6em;
  border-bottom:1px solid var(--rule)}
.slide .curve>*{position:absolute;white-space:nowrap;line-height:1.2}
.slide .curve .line{inset:0;background:var(--tone);-webkit-mask:var(--line) 0 0/100% 100% no-repeat;
  mask:var(--line) 0 0/100% 100% no-repeat}
.slide .curve .band{opacity:.24}
.slide .curve .untold{top:0;bottom:0;min-width:2px;background:repeating-linear-gradient(45deg,var(--quota) 0 1px,
  transparent 1px 6px);opacity:.6}
.slide .curve .grid{left:0;right:0;height:1px;background:var(--grid)}
.slide .curve .y{right:100%;margin-right:.5em;transform:translateY(50%);color:var(--muted);
  font-variant-numeric:tabular-nums}
.slide .curve .x{top:100%;margin-top:.35em;color:var(--muted);transform:translateX(-50%)}
.slide .curve .x.from,.slide .curve .lane.from{transform:none}
.slide .curve .x.to,.slide .curve .lane.to{transform:translateX(-100%)}
.slide .curve .point{width:.8em;height:.8em;margin:0 0 -.4em -.4em;border-radius:50%;background:var(--tone);
  border:.12em solid var(--page)}
.slide .curve .stroke{top:calc(-1.5em*var(--lane) - .2em);bottom:0;width:0;margin-left:-.5px;
  border-left:1px dashed var(--muted)}
.slide .curve .stroke.due{border-left:.13em solid var(--ink);margin-left:-.065em}
.slide .curve .stroke.due.late{border-color:var(--late)}
.slide .curve .span{top:0;bottom:0;background:var(--quota);opacity:.16;min-width:2px}
.slide .curve .lane{bottom:calc(100% + 1.5em*var(--lane) + .15em);transform:translateX(-50%);background:var(--page)}
.slide .curve .lane.late{color:var(--late)}
.slide .curve .lane.mark{min-width:1.6em;text-align:center;border:1px solid var(--muted);border-radius:.75em;
  font-weight:600;padding:0 .3em}
.slide .curve .end{transform:translateY(50%);font-size:1.15em;padding:0 .15em;border-radius:.2em;
  background:color-mix(in srgb,var(--page) 80%,transparent)}
.slide .curve .end.beside{margin-left:.7em}
.slide .curve .end.before{transform:translate(-100%,50%);margin-left:-.3em}
.slide .marks{flex:none;display:flex;flex-wrap:wrap;gap:0 1.4em;color:var(--muted);line-height:1.4}
.slide .marks b{color:var(--ink)}
"""

_NARROW: Final = """
@container (max-width:700px) or (max-height:480px) or (max-aspect-ratio:1/1){
  .slide{--u:clamp(14px,1.9cqw,20px);padding:16px 16px 0;overflow:hidden auto}
  .slide-body{--t:1.1!important}
  .slide .slide-title{font-size:clamp(21px,calc(var(--s)*.62*var(--u)),40px);text-wrap:pretty}
  .slide.opening .slide-title{margin-top:14cqh}
  .slide-body,.slide .beside,.slide .column,.slide .picture,.slide .bars,.slide .tiles{flex:none;
    height:auto;min-height:auto}
  .slide-body{flex:1 0 auto}
  .slide .beside{display:flex;flex-direction:column}
  .slide .figures{grid-template-columns:repeat(auto-fit,minmax(9.5em,1fr))}
  .slide .counted b{font-size:calc(min(var(--n),3.2)*var(--u));white-space:normal}
  .slide .bars{display:block;--thick:1.1em!important}
  .slide .bar-row{display:grid;grid-template-columns:minmax(0,1fr) fit-content(58%);gap:.1em .8em;margin-bottom:.6em}
  .slide .bar{grid-area:2/1/3/3}
  .slide .bar-text{grid-area:1/2;text-align:right}
  .slide .tiles{gap:6px;grid-auto-rows:auto}
  .slide .tile{padding:5px 6px 7px}
  .slide .tile-body b{font-size:1.5em}
  .slide .curve .x.spare{display:none}
  .slide .curve{flex:none;height:clamp(240px,46cqh,320px)}
  .slide .sheet table{table-layout:auto;width:100%!important}
  .slide .sheet th,.slide .sheet td{overflow-wrap:break-word}
  .slide-foot{margin-top:auto;padding-bottom:1em}
}
@container (max-width:700px){
  .slide .sheet table,.slide .sheet tbody,.slide .sheet tfoot,.slide .sheet tr,.slide .sheet caption{display:block}
  .slide .sheet colgroup,.slide .sheet thead{display:none}
  .slide .sheet tr{border-bottom:1px solid var(--rule);padding:.45em 0}
  .slide .sheet tbody th,.slide .sheet tfoot th,.slide .sheet td{display:block;border:0;padding:.08em 0;width:auto}
  .slide .sheet tfoot tr{border-top:2px solid var(--rule)}
  .slide .sheet tfoot th,.slide .sheet tfoot td{border:0}
  .slide .sheet td[data-label]{display:grid;grid-template-columns:minmax(0,11em) minmax(0,1fr);gap:.8em}
  .slide .sheet td[data-label]:empty{display:none}
  .slide .sheet td[data-label]::before{content:attr(data-label);color:var(--muted)}
  .slide .sheet td.n{text-align:left;white-space:normal}
}
"""

STYLE: Final = f".slides{{{_COLOURS}}}{_RULES.replace('FONT', FONT)}{_NARROW}"
"""The rules of all slides. Colours follow the `color-scheme` of a `.stage` around them, else their own `data-dark`."""
