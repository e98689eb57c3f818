//! `armistice explain`: one finding down to clause, record and arithmetic; one
//! standing or gate down to the fewest records that give it.

use std::io::Write;

use armistice_assess::{Examiner, ExplainError, Question, explain};
use armistice_brief::{explanation_json, explanation_text, grounds_json, grounds_text};
use armistice_syntax::did_you_mean;
use armistice_terms::{LINTS, Lint, mistake, mistakes};

use super::assess::{evidence, options};
use super::load::{Loaded, load};
use crate::cli::{Explain, TextOrJson};
use crate::exit::{Failure, Outcome};
use crate::records::Large;
use crate::terminal;

pub(super) fn run(args: &Explain) -> Result<Outcome, Failure> {
    let Some(id) = &args.finding else {
        return code(&args.agreement.to_string_lossy());
    };
    let loaded = load(&args.agreement, &args.evidence, &args.known.as_known_on, Large::Whole)?;
    if !id.contains(':') {
        return standing(args, id, &loaded);
    }
    let found = explain(&loaded.checked, evidence(&loaded), options(&loaded), id);
    let explanation = found.map_err(|error| match error {
        ExplainError::Evidence(_) => Failure::Errors(error.to_string()),
        // An id that nothing has is a slip on the command line.
        _ => Failure::Usage(error.to_string()),
    })?;
    let answer = match args.format {
        TextOrJson::Text => explanation_text(&explanation),
        TextOrJson::Json => explanation_json(&explanation),
    };
    let mut out = terminal::answers();
    out.write_all(answer.as_bytes())?;
    out.flush()?;
    Ok(Outcome::Answered)
}

/// A code of `check`, from the page of the book that tells what it means.
fn code(code: &str) -> Result<Outcome, Failure> {
    let lint = Lint::of(code).map(|lint| page(lint.page));
    let Some(told) = lint.or_else(|| mistake(code).map(page)) else {
        let coded = code.len() < 6 && code.starts_with(['L', 'l', 'T', 't']);
        let known = LINTS.iter().map(|lint| lint.code).chain(mistakes());
        return Err(Failure::Usage(match did_you_mean(code, known).filter(|_| coded) {
            Some(mend) => format!("`{code}` is no code that `check` gives; {mend}"),
            None => format!(
                "name also what is to be explained in {code}: a finding, a clause, a clause and a party, or a gate"
            ),
        }));
    };
    let mut out = terminal::answers();
    out.write_all(told.as_bytes())?;
    out.flush()?;
    Ok(Outcome::Answered)
}

/// A page of the book without what is only for those who build it.
fn page(text: &str) -> String {
    let shown = text.lines().filter(|line| !line.trim_start().starts_with("<!--"));
    let shown = shown.map(|line| if line.starts_with("```truce ") { "```truce" } else { line });
    shown.flat_map(|line| [line, "\n"]).collect::<String>()
}

/// A standing or a gate: `1.a`, `1.a/Government`, `JIC`.
fn standing(args: &Explain, id: &str, loaded: &Loaded) -> Result<Outcome, Failure> {
    let examiner = Examiner::new(&loaded.checked, evidence(loaded), options(loaded))
        .map_err(|error| Failure::Errors(error.to_string()))?;
    let answer = match args.format {
        TextOrJson::Text => grounds_text(&examiner, id),
        TextOrJson::Json => grounds_json(&examiner, id),
    };
    let Some(answer) = answer else {
        let known = Question::ids(examiner.assessment()).join(", ");
        return Err(Failure::Usage(format!(
            "`{id}` is no finding, standing or gate; write a finding (`1.a:ged-227759`), a clause (`1.a`), a clause and a party (`1.a/Government`) or a gate. There are: {known}"
        )));
    };
    let mut out = terminal::answers();
    out.write_all(answer.as_bytes())?;
    out.flush()?;
    Ok(Outcome::Answered)
}
