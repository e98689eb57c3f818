//! Two levers at once: as tables, CSV, JSON.

use armistice_assess::{Counts, Grid, Sheet};
use armistice_terms::{Checked, Lever};
use serde_json::{Value, json};

use super::{counted_in, figures, lever_json, number, party, period, plain, rows, told, value};
use crate::csv::quoted;
use crate::text::{labelled, pad, push};
use crate::words::{harmless, local, reading, reading_phrase};

/// A grid, and of what it is.
#[derive(Clone, Copy, Debug)]
pub struct GridReport<'a> {
    /// The agreement that was swept.
    pub checked: &'a Checked,
    /// The levers: across, and down.
    pub levers: [&'a Lever; 2],
    /// The values of each.
    pub values: [&'a [i64]; 2],
    /// What came of it.
    pub grid: &'a Grid,
}

impl GridReport<'_> {
    /// The sheets, gathered where they are the same.
    fn alike(&self) -> Vec<Vec<&Sheet>> {
        let mut groups: Vec<Vec<&Sheet>> = Vec::new();
        for sheet in &self.grid.sheets {
            match groups.iter_mut().find(|group| group.first().is_some_and(|first| first.cells == sheet.cells)) {
                Some(group) => group.push(sheet),
                None => groups.push(vec![sheet]),
            }
        }
        groups
    }
}

/// Every grid as a table for each party: recorded breaches by it alone, by it or
/// another, and what cannot be told. Values that the text gives are marked.
#[must_use]
pub fn grid_text(report: &GridReport<'_>) -> String {
    let mut out = String::new();
    let clock = &report.checked.agreement().clock;
    let [across, down] = report.levers;
    for (lever, which) in [(across, "across"), (down, "down")] {
        push(&mut out, &format!("{}  (line {}), {which}", lever.name, lever.line));
        labelled(&mut out, "", 2, &format!("written {}", lever.words));
    }
    let (from, until) = report.grid.window;
    let over = format!(
        "records of {} to {}, all times {}; `^` marks what the text has",
        local(report.checked, from),
        local(report.checked, until),
        clock.zone_name
    );
    labelled(&mut out, "", 2, &over);
    for group in report.alike() {
        let Some(sheet) = group.first() else {
            continue;
        };
        if group.len() < report.grid.sheets.len() {
            let each: Vec<_> = group.iter().map(|sheet| sheet.answers.clone()).collect();
            out.push('\n');
            labelled(&mut out, "", 0, &format!("as {} has it:", reading_phrase(report.checked, &each)));
        }
        for (row, name) in rows(&report.grid.rows) {
            out.push('\n');
            push(&mut out, &format!("  {}: breaches / by it or another / cannot tell", party(report.checked, name)));
            table(report, sheet, row, &mut out);
        }
    }
    harmless(&out)
}

fn table(report: &GridReport<'_>, sheet: &Sheet, row: usize, out: &mut String) {
    let clock = &report.checked.agreement().clock;
    let marked = |lever: &Lever, at: i64| {
        let mark = if lever.values.iter().any(|said| said.at == Some(at)) { "^" } else { "" };
        format!("{}{mark}", value(lever.unit, at, clock))
    };
    let [across, down] = report.levers;
    let [xs, ys] = report.values;
    let mut lines: Vec<Vec<String>> =
        vec![std::iter::once(String::new()).chain(xs.iter().map(|x| marked(across, *x))).collect()];
    for (y, cells) in ys.iter().zip(&sheet.cells) {
        let each = cells.iter().map(|cell| {
            let Counts { breaches, shared, cannot_tell, .. } = cell.get(row).copied().unwrap_or_default();
            format!("{breaches}/{shared}/{cannot_tell}")
        });
        lines.push(std::iter::once(marked(down, *y)).chain(each).collect());
    }
    let columns = xs.len() + 1;
    let wide = |column: usize| lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|column| wide(column).unwrap_or(0) + 2).collect();
    for line in &lines {
        let cells: String = line.iter().zip(&widths).map(|(cell, width)| pad(cell, *width)).collect();
        push(out, &format!("    {cells}"));
    }
}

/// Every cell, as RFC 4180 CSV with a header line.
#[must_use]
pub fn grid_csv(report: &GridReport<'_>) -> String {
    let [across, down] = report.levers;
    let [xs, ys] = report.values;
    let head = |lever: &Lever| quoted(&format!("{} ({})", lever.name, counted_in(lever.unit)));
    let mut out = format!(
        "{},{},reading,party,recorded_breaches,by_it_or_another,cannot_tell,excepted\r\n",
        head(across),
        head(down)
    );
    for sheet in &report.grid.sheets {
        let labels = reading(report.checked, &sheet.answers).join("; ");
        for (y, cells) in ys.iter().zip(&sheet.cells) {
            for (x, cell) in xs.iter().zip(cells) {
                for (row, name) in rows(&report.grid.rows) {
                    let Some(counts) = cell.get(row) else {
                        continue;
                    };
                    let mut line = vec![
                        plain(across.unit, *x),
                        plain(down.unit, *y),
                        labels.clone(),
                        party(report.checked, name).to_owned(),
                    ];
                    line.extend(figures(counts));
                    out += &line.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",");
                    out += "\r\n";
                }
            }
        }
    }
    out
}

/// The same, as one JSON object.
#[must_use]
pub fn grid_json(report: &GridReport<'_>) -> Value {
    let [across, down] = report.levers;
    let [xs, ys] = report.values;
    let sheets = report.grid.sheets.iter().map(|sheet| {
        let cells = ys.iter().zip(&sheet.cells).flat_map(|(y, cells)| {
            xs.iter().zip(cells).map(move |(x, cell)| {
                let each = rows(&report.grid.rows)
                    .into_iter()
                    .filter_map(|(row, name)| Some(told(party(report.checked, name), cell.get(row)?)));
                json!({
                    "at": [number(across.unit, *x), number(down.unit, *y)],
                    "rows": each.collect::<Vec<_>>(),
                })
            })
        });
        json!({ "reading": reading(report.checked, &sheet.answers), "cells": cells.collect::<Vec<_>>() })
    });
    json!({
        "format": "armistice.sweep-grid/1",
        "levers": [lever_json(across), lever_json(down)],
        "period": period(report.checked, report.grid.window),
        "sheets": sheets.collect::<Vec<_>>(),
    })
}
