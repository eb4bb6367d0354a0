"use strict";

/* What happened in the last minutes, drawn by uPlot. */
const Charts = (() => {
  const drawn = new Map();

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function options(element, lines, most) {
    const axis = {
      stroke: colour("--quiet"),
      font: "11px system-ui, sans-serif",
      grid: { stroke: colour("--line"), width: 1 },
      ticks: { show: false },
    };
    return {
      width: element.clientWidth,
      height: 150,
      cursor: { show: false },
      legend: { show: lines.length > 1, live: false, markers: { width: 2 } },
      scales: { x: { time: true }, y: { range: (self, low, high) => [0, most || Math.max(1, high * 1.1)] } },
      axes: [
        { ...axis, size: 24, space: 70, values: (self, at) => at.map(clock) },
        { ...axis, size: 44 },
      ],
      series: [
        {},
        ...lines.map((line, i) => ({
          label: line.label,
          stroke: colour("--series-" + (i + 1)),
          width: 1.5,
          spanGaps: true,
          points: { show: false },
        })),
      ],
    };
  }

  function clock(seconds) {
    const at = new Date(seconds * 1000);
    return [at.getHours(), at.getMinutes(), at.getSeconds()].map((n) => String(n).padStart(2, "0")).join(":");
  }

  /* lines: {label, values, unit}; said aloud as what the last value is. */
  function draw(id, times, lines, most) {
    const element = document.getElementById(id);
    let chart = drawn.get(id);
    const data = [times, ...lines.map((line) => line.values)];
    if (!chart) {
      chart = new uPlot(options(element, lines, most), data, element);
      drawn.set(id, chart);
    } else {
      chart.setData(data);
    }
    const said = lines.map((line) => {
      const last = line.values.at(-1);
      return line.label + " " + (last == null ? "none" : last.toFixed(1));
    });
    const minutes = times.length < 2 ? 0 : Math.max(1, Math.round((times.at(-1) - times[0]) / 60));
    element.setAttribute("aria-label", said.join(", ") + "; the last " + minutes + " minutes are drawn");
  }

  function forgetAll() {
    drawn.forEach((chart) => chart.destroy());
    drawn.clear();
  }

  window.addEventListener("resize", () => {
    drawn.forEach((chart, id) => chart.setSize({ width: document.getElementById(id).clientWidth, height: 150 }));
  });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", forgetAll);

  return { draw };
})();
