// Draws each chart of the page with Plotly from the JSON beside it. Until that has worked, and where it does not, the
// printed drawing stays.

const NARROW = 560;
const ROOM_OF_A_BAR = 54;

function library(address) {
  return new Promise((resolve, reject) => {
    if (window.Plotly) {
      resolve(window.Plotly);
      return;
    }
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", () => resolve(window.Plotly));
    script.addEventListener("error", () => reject(new Error(`No chart library at ${address}`)));
    document.head.append(script);
  });
}

function isBarChartOnItsSide(figure) {
  return figure.data.length > 0 && figure.data.every((trace) => trace.type === "bar" && trace.orientation === "h");
}

function inLines(text, most) {
  return text.split(" ").reduce((lines, word) => {
    const last = lines[lines.length - 1];
    const isRoom = lines.length > 0 && last.length + word.length < most;
    return isRoom ? [...lines.slice(0, -1), `${last} ${word}`] : [...lines, word];
  }, []);
}

// On a phone the names take the room of the bars, so each name stands with its figure above its bar.
function fittedToPhone(figure) {
  const bars = figure.data.flatMap((trace) => [...trace.y].map((name, at) => [name, (trace.text || [])[at]]));
  const labels = bars.map(([name, amount]) => ({
    x: 0,
    xref: "paper",
    xanchor: "left",
    y: name,
    yref: "y",
    yanchor: "bottom",
    yshift: 10,
    text: amount ? `${name}: <b>${amount}</b>` : name,
    showarrow: false,
    align: "left",
    bgcolor: "#ffffff",
    borderpad: 0,
    font: { size: 14 },
  }));
  const ends = [0, ...figure.data.flatMap((trace) => [...trace.x])];
  const room = (Math.max(...ends) - Math.min(...ends)) * 0.03;
  const title = figure.layout.xaxis?.title?.text || "";
  const titleLines = inLines(title, 36);
  return {
    data: figure.data.map((trace) => ({ ...trace, width: 0.36, textposition: "none" })),
    layout: {
      ...figure.layout,
      height: bars.length * ROOM_OF_A_BAR + 50 + 18 * titleLines.length,
      margin: { l: 4, r: 12, t: 22, b: 32 + 18 * titleLines.length },
      yaxis: { ...figure.layout.yaxis, showticklabels: false, automargin: false, showline: false },
      xaxis: {
        ...figure.layout.xaxis,
        nticks: 4,
        range: [Math.min(...ends) - room, Math.max(...ends) + room],
        title: { ...figure.layout.xaxis?.title, text: titleLines.join("<br>") },
      },
      annotations: [...(figure.layout.annotations || []), ...labels],
    },
  };
}

function fitted(figure, width, family) {
  const { width: _printed, ...layout } = figure.layout;
  const base = {
    data: figure.data,
    layout: {
      ...layout,
      autosize: true,
      dragmode: false,
      font: { ...layout.font, family },
    },
  };
  return width < NARROW && isBarChartOnItsSide(base) ? fittedToPhone(base) : base;
}

async function draw(chart) {
  const drawing = chart.querySelector(".chart__drawing");
  const printed = chart.querySelector(".chart__static");
  const figure = JSON.parse(chart.querySelector(".chart__figure").textContent);
  const Plotly = await library(chart.dataset.library);
  // One colour a bar makes its colour helper complain, without effect.
  Plotly.setPlotConfig({ logging: 0 });
  const options = { displayModeBar: false, displaylogo: false, responsive: true, scrollZoom: false };
  // Plotly measures words, so it must not start in a stand-in font.
  await document.fonts.ready;
  let wasNarrow = null;

  async function show() {
    const isNarrow = drawing.clientWidth < NARROW;
    if (isNarrow === wasNarrow) {
      return;
    }
    wasNarrow = isNarrow;
    const { data, layout } = fitted(figure, drawing.clientWidth, getComputedStyle(chart).fontFamily);
    await Plotly.react(drawing, data, layout, options);
  }

  drawing.hidden = false;
  try {
    await show();
  } catch (error) {
    drawing.hidden = true;
    throw error;
  }
  printed.hidden = true;
  new ResizeObserver(show).observe(drawing);
}

document.querySelectorAll("[data-chart]").forEach((chart) => {
  draw(chart).catch((error) => console.warn("The chart stays as printed.", error));
});
