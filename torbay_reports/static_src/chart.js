// Draws each chart of the page with Plotly from the JSON beside it. Until that has worked, and where it does not, the
// printed drawing stays.

const NARROW = 560;
const ROOM_OF_A_BAR = 36;
const HEIGHT_OF_A_BAR = 20;
const LINE_OF_A_LABEL = 18;
const LETTERS_OF_A_LINE = 38;

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

// How far the longest of the stacked bars reaches; bars side by side under a name are apart.
function stackedLengths(figure) {
  const reached = new Map();
  figure.data.forEach((trace) => {
    [...trace.y].forEach((name, at) => {
      const key = `${trace.offsetgroup || ""} ${name}`;
      reached.set(key, (reached.get(key) || 0) + trace.x[at]);
    });
  });
  return [0, ...reached.values()];
}

// Bars under one name share the height of one.
function placed(trace, groups, height) {
  if (!trace.offsetgroup) {
    return { width: height };
  }
  const width = height / groups.length;
  return { width, offset: groups.indexOf(trace.offsetgroup) * width - height / 2 };
}

function words(markup) {
  return markup.replaceAll("<br>", " ").replaceAll("\u00a0", "").replace(/<[^>]*>/g, "");
}

// A bar's name and its figure in one line, or each on lines of its own where they are longer than a phone is wide.
function label(name, amount) {
  if (!amount) {
    return inLines(words(name), LETTERS_OF_A_LINE);
  }
  const inOne = `${words(name)}: <b>${words(amount)}</b>`;
  return words(inOne).length <= LETTERS_OF_A_LINE
    ? [inOne]
    : [...inLines(words(name), LETTERS_OF_A_LINE), ...inLines(words(amount), LETTERS_OF_A_LINE).map((line) => `<b>${line}</b>`)];
}

// On a phone the names take the room of the bars, so each name stands with its figure above its bar. Stretches of one
// bar keep their figures inside them; what stands at the end of a pair of bars goes up to its name.
function fittedToPhone(figure) {
  const isStacked = figure.layout.barmode === "stack";
  const ends = figure.data.filter((trace) => !isStacked || trace.textposition === "outside");
  const figures = new Map(ends.flatMap((trace) => [...trace.y].map((name, at) => [name, (trace.text || [])[at]])));
  const names = [...new Set(figure.data.flatMap((trace) => [...trace.y]))];
  const lines = new Map(names.map((name) => [name, label(name, figures.get(name))]));
  const roomOfLabels = LINE_OF_A_LABEL * Math.max(1, ...[...lines.values()].map((each) => each.length));
  const groups = [...new Set(figure.data.map((trace) => trace.offsetgroup))];
  const roomOfAName = ROOM_OF_A_BAR + roomOfLabels;
  const labels = names.map((name) => ({
    x: 0,
    xref: "paper",
    xanchor: "left",
    y: name,
    yref: "y",
    yanchor: "bottom",
    yshift: HEIGHT_OF_A_BAR / 2,
    text: lines.get(name).join("<br>"),
    showarrow: false,
    align: "left",
    bgcolor: "#ffffff",
    borderpad: 0,
    font: { size: 14 },
  }));
  const lengths = isStacked ? stackedLengths(figure) : [0, ...figure.data.flatMap((trace) => [...trace.x])];
  const room = (Math.max(...lengths) - Math.min(...lengths)) * 0.03;
  const title = figure.layout.xaxis?.title?.text || "";
  const titleLines = inLines(title, 36);
  const inLegend = figure.layout.showlegend ? figure.data.filter((trace) => trace.showlegend !== false).length : 0;
  const top = 4 + 24 * inLegend + roomOfLabels;
  return {
    data: figure.data.map((trace) => ({
      ...trace,
      ...placed(trace, groups, HEIGHT_OF_A_BAR / roomOfAName),
      textposition: trace.textposition === "inside" ? "inside" : "none",
    })),
    layout: {
      ...figure.layout,
      height: top + names.length * roomOfAName + 28 + 18 * titleLines.length,
      margin: { l: 4, r: 12, t: top, b: 32 + 18 * titleLines.length },
      yaxis: { ...figure.layout.yaxis, showticklabels: false, automargin: false, showline: false },
      xaxis: {
        ...figure.layout.xaxis,
        nticks: 4,
        range: [Math.min(...lengths) - room, Math.max(...lengths) + room],
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
  if (printed) {
    printed.hidden = true;
  }
  new ResizeObserver(show).observe(drawing);
}

document.querySelectorAll("[data-chart]").forEach((chart) => {
  draw(chart).catch((error) => console.warn("The chart stays as printed.", error));
});
