'use strict';
(() => {
  const NS = 'http://www.w3.org/2000/svg';
  const tip = document.getElementById('tip');

  // Values are read back from the drawing: it is the only copy of them.
  const axis = text => {
    const [low, high, kind, unit] = text.split(' ');
    const l = +low, h = +high, u = +unit;
    return t => (kind === 'log' ? l * Math.pow(h / l, t) : l + t * (h - l)) / u;
  };
  const points = path => {
    const found = [];
    for (const m of (path ? path.getAttribute('d') : '').matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)) found.push([+m[1], +m[2]]);
    return found;
  };
  const shown = (v, unit = 1) => unit !== 1 ? v.toFixed(2) : v === 0 ? '0' : Math.abs(v) >= 1e5 || Math.abs(v) < 1e-3 ? v.toExponential(2) : String(+v.toPrecision(4));

  const place = event => {
    tip.hidden = false;
    const box = tip.getBoundingClientRect(), width = document.documentElement.clientWidth;
    let x = event.clientX + 14;
    if (x + box.width > width - 8) x = Math.max(8, Math.min(event.clientX - box.width - 14, width - box.width - 8));
    if (x < 8) x = 8;
    let y = event.clientY + 14;
    if (y + box.height > innerHeight - 8) y = Math.max(8, event.clientY - box.height - 14);
    tip.style.left = x + scrollX + 'px';
    tip.style.top = y + scrollY + 'px';
  };

  for (const svg of document.querySelectorAll('svg.lines')) {
    let lines = null, cursor = null;
    const [left, top, right, bottom] = svg.dataset.box.split(' ').map(Number);
    const xOf = axis(svg.dataset.x), yOf = axis(svg.dataset.y);
    const leave = () => { tip.hidden = true; if (cursor) { cursor.remove(); cursor = null; } };
    // A finger leaves as soon as it has pointed; what it asked for stays until it points elsewhere.
    svg.addEventListener('pointerleave', e => { if (e.pointerType !== 'touch') leave(); });
    document.addEventListener('pointerdown', e => { if (cursor && !svg.contains(e.target)) leave(); });
    const move = event => {
      lines ??= [...svg.querySelectorAll('g.line')].map(g => ({
        g, mean: points(g.querySelector('path.stroke:not(.lead)')), band: points(g.querySelector('path.band'))
      }));
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      let x = NaN;
      for (const line of lines) for (const p of line.mean) if (!(Math.abs(p[0] - at.x) >= Math.abs(x - at.x))) x = p[0];
      if (at.x < left - 12 || at.x > right + 30 || at.y < top - 12 || Number.isNaN(x)) return leave();
      if (!cursor) {
        cursor = document.createElementNS(NS, 'line');
        cursor.setAttribute('class', 'cursor');
        cursor.setAttribute('y1', top);
        cursor.setAttribute('y2', bottom);
        svg.append(cursor);
      }
      cursor.setAttribute('x1', x);
      cursor.setAttribute('x2', x);
      const unit = +svg.dataset.y.split(' ')[3];
      const value = y => shown(yOf((bottom - y) / (bottom - top)), unit);
      const rows = [];
      for (const {g, mean, band} of lines) {
        const p = mean.find(p => p[0] === x);
        if (!p || g.classList.contains('off')) continue;
        const spread = band.filter(q => q[0] === x).map(q => q[1]);
        rows.push([p[1], g, value(p[1]),
          spread.length ? value(Math.max(...spread)) + ' – ' + value(Math.min(...spread)) : '']);
      }
      rows.sort((a, b) => a[0] - b[0]);
      const table = document.createElement('table');
      const head = document.createElement('div');
      head.textContent = svg.dataset.xLabel + ' ' + shown(xOf((x - left) / (right - left)));
      for (const [, g, mean, spread] of rows) {
        const row = table.insertRow();
        for (const [text, kind] of [[g.dataset.key, g.querySelector('.key').getAttribute('class').replace('fill', 'ink')],
            [g.dataset.name, 'name'], [mean, 'number'], [spread, 'number soft']]) {
          const cell = row.insertCell();
          cell.textContent = text;
          cell.className = kind;
        }
      }
      tip.replaceChildren(head, table);
      place(event);
    };
    svg.addEventListener('pointermove', move);
    svg.addEventListener('pointerdown', move);
    // Titles would be a second tooltip.
    svg.querySelectorAll('g.line > title').forEach(title => title.remove());
  }

  // A method in the foreground, everywhere: while pointed at in the legend, or until clicked again.
  let pinned = null;
  const marked = document.querySelectorAll('.m');
  const show = m => marked.forEach(e => e.classList.toggle('off', m !== null && e.dataset.m !== m));
  for (const button of document.querySelectorAll('.legend button')) {
    button.addEventListener('pointerenter', e => { if (e.pointerType === 'mouse') show(button.dataset.m); });
    button.addEventListener('pointerleave', () => show(pinned));
    button.addEventListener('click', () => {
      pinned = pinned === button.dataset.m ? null : button.dataset.m;
      document.querySelectorAll('.legend button').forEach(b => b.setAttribute('aria-pressed', String(b.dataset.m === pinned)));
      show(pinned);
    });
  }

  const copy = document.getElementById('copy');
  copy.hidden = false;
  copy.addEventListener('click', async () => {
    const clean = cell => cell.textContent.replace(/[\t\n\r]+/g, ' ');
    const rows = [...document.getElementById('table').rows].map(row => [...row.cells].map(clean).join('\t'));
    const tsv = rows.join('\n') + '\n';
    let done = false;
    try {
      await navigator.clipboard.writeText(tsv);
      done = true;
    } catch {
      // Where the clipboard is not given, an old way may still work.
      const area = document.createElement('textarea');
      area.value = tsv;
      document.body.append(area);
      area.select();
      done = document.execCommand('copy');
      area.remove();
    }
    copy.textContent = done ? 'Copied ' + (rows.length - 1) + ' rows' : 'Not allowed: select the table instead';
    setTimeout(() => { copy.textContent = 'Copy as TSV'; }, 2500);
  });

  addEventListener('beforeprint', () => document.querySelectorAll('details').forEach(d => { d.open = true; }));
})();
