//! Arguments, and the help that teaches them.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

/// Ceasefire terms as code: what was kept, what was breached, what cannot be told, and why
#[derive(Debug, Parser)]
#[command(
    name = "armistice",
    version,
    propagate_version = false,
    disable_help_subcommand = true,
    subcommand_required = true,
    arg_required_else_help = true,
    max_term_width = 100,
    after_help = "\
Start here:
  armistice check agreements/syria-geneva-2016     Is the agreement written soundly?
  armistice show agreements/syria-geneva-2016      What does it say, in instants and metres?
  armistice assess agreements/syria-geneva-2016    What do the records show, term by term?

An AGREEMENT is a folder that holds agreement.truce.md, or such a file itself.
Answers go to stdout, everything else to stderr.

Exit codes: 0 answered; 1 the agreement or the records have errors; 2 the command line has."
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(Check),
    Fmt(Fmt),
    Show(Show),
    Brackets(Brackets),
    Assess(Assess),
    Explain(Explain),
    Compare(Compare),
    Sweep(Sweep),
    /// Serve an editor: what is wrong while you type, what a word comes to, names to follow
    ///
    /// Speaks the Language Server Protocol over stdin and stdout; an editor starts it by itself.
    /// `docs/editors.md` says how to set one up.
    #[command(after_help = "\
Example:
  armistice lsp                                 Started by the editor, not by hand

Exit codes: 0 the editor said goodbye; 1 it broke off; 2 usage.")]
    Lsp,
    Completions(Completions),
}

/// Say what is wrong in an agreement, where, and how to mend it
///
/// Reads the agreement, and assessment.truce beside it if there is one, and lists the mistakes
/// and the weaknesses that make agreements fail: no verifier, no end, an unclear day.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  armistice check agreements/*                  Every agreement of a gallery
  armistice check draft.truce --deny-warnings   Exit with 1 on weaknesses too
  armistice check draft.truce --format json     For an editor or a script
  armistice check draft.truce --all             And what a comment accepts: # accepts L012: why
  armistice explain L012                        Why it matters, and how it is mended

Exit codes: 0 no errors (or only warnings); 1 errors; 2 usage.")]
pub(crate) struct Check {
    /// Folder with agreement.truce.md, or the file itself
    #[arg(required = true, value_name = "AGREEMENT", value_hint = ValueHint::AnyPath)]
    pub(crate) agreements: Vec<PathBuf>,
    /// How to write the answer
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub(crate) format: TextOrJson,
    /// Exit with 1 on warnings too
    #[arg(long)]
    pub(crate) deny_warnings: bool,
    /// List also what the text accepts, each with its reason
    #[arg(long)]
    pub(crate) all: bool,
}

/// Write agreements in the one canonical form
///
/// Only the blocks of terms change; prose, quotations and comments stay. What is not understood
/// is left as it stands. A file that is canonical already is not touched.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  armistice fmt agreements/syria-geneva-2016    Rewrite the files in a folder
  armistice fmt --check agreements/*            Only list what is not canonical
  armistice fmt - --form page < draft.md        From stdin to stdout

Exit codes: 0 done, or all canonical; 1 --check found files that are not; 2 usage.")]
pub(crate) struct Fmt {
    /// File or folder to rewrite, or `-` for stdin to stdout
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub(crate) files: Vec<PathBuf>,
    /// Change nothing; list the files that are not in canonical form
    #[arg(long)]
    pub(crate) check: bool,
    /// What stdin holds, with `-`
    #[arg(long, value_enum, value_name = "FORM")]
    pub(crate) form: Option<Form>,
}

/// Show an agreement as it is understood, before any record is read
///
/// Every date as an instant, every distance in metres, who is bound and until when, what
/// the brackets leave open, and what cannot be evaluated and why.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  armistice show agreements/syria-geneva-2016
  armistice show agreements/syria-geneva-2016 --reading Al-Akhbar
  armistice show agreements/syria-geneva-2016 --format json

Exit codes: 0 shown; 1 the agreement has errors; 2 usage.")]
pub(crate) struct Show {
    /// Folder with agreement.truce.md, or the file itself
    #[arg(value_name = "AGREEMENT", value_hint = ValueHint::AnyPath)]
    pub(crate) agreement: PathBuf,
    /// How to write the answer
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub(crate) format: TextOrJson,
    #[command(flatten)]
    pub(crate) readings: Readings,
}

/// List what is open in a draft, who stands where, and whose approval is pending
///
/// Each question that the brackets leave: its alternatives, which delegation prefers, accepts or
/// rejects which, and every provision and gate that hangs on it. Then what is not public or not
/// defined, and what principals have said.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  armistice brackets agreements/syria-geneva-2016
  armistice brackets draft.truce --on '2016-09-09 22:00'   How long approvals were pending by then
  armistice brackets draft.truce --format json

Exit codes: 0 listed; 1 the agreement has errors; 2 usage.")]
pub(crate) struct Brackets {
    /// Folder with agreement.truce.md, or the file itself
    #[arg(value_name = "AGREEMENT", value_hint = ValueHint::AnyPath)]
    pub(crate) agreement: PathBuf,
    /// How approvals stood then: `2016-09-09` (to its end), `2016-09-09 22:00`
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<String>,
    /// How to write the answer
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub(crate) format: TextOrJson,
}

/// Judge records against an agreement, term by term and party by party
///
/// Says what was recorded, what that breaches, what cannot be told and why, and whether the
/// gates to later phases may open. A person determines; this proposes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  armistice assess agreements/syria-geneva-2016
  armistice assess agreements/syria-geneva-2016 --as-known-on 2016-09-15
  armistice assess draft.truce --records events.csv.gz --reading Al-Akhbar --format csv

Exit codes: 0 assessed; 1 the agreement or the records have errors; 2 usage.")]
pub(crate) struct Assess {
    /// Folder with agreement.truce.md, or the file itself
    #[arg(value_name = "AGREEMENT", value_hint = ValueHint::AnyPath)]
    pub(crate) agreement: PathBuf,
    /// How to write the answer
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub(crate) format: AssessFormat,
    #[command(flatten)]
    pub(crate) known: Known,
    #[command(flatten)]
    pub(crate) evidence: Evidence,
}

/// Explain a finding, a standing or a gate down to the clause, the record and the arithmetic
///
/// A finding is taken apart point by point. A standing or a gate is traced to the fewest records
/// that give it by themselves; what cannot be told, to what would settle it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  armistice explain agreements/syria-geneva-2016 1.a:ged-227759    One finding
  armistice explain agreements/syria-geneva-2016 1.a               A standing, of all bound
  armistice explain agreements/syria-geneva-2016 1.a/Government    A standing, of one party
  armistice explain agreements/syria-geneva-2016 JIC               A gate
  armistice explain L009                                           What a lint or an error means
  armistice assess agreements/syria-geneva-2016 --format csv       Lists the ids of findings

Give the same options as to assess.
Exit codes: 0 explained; 1 the agreement or the records have errors; 2 usage.")]
pub(crate) struct Explain {
    /// Folder with agreement.truce.md, or the file itself; or a code that `check` gives
    #[arg(value_name = "AGREEMENT", value_hint = ValueHint::AnyPath)]
    pub(crate) agreement: PathBuf,
    /// The finding, clause, clause/party or gate, as `assess` names it
    #[arg(value_name = "ID")]
    pub(crate) finding: Option<String>,
    /// How to write the answer
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub(crate) format: TextOrJson,
    #[command(flatten)]
    pub(crate) known: Known,
    #[command(flatten)]
    pub(crate) evidence: Evidence,
}

/// Say what changed: between two texts, or between two states of knowledge
///
/// Two agreements are compared by meaning, not by lines: who is bound to what, how far, from when,
/// except for whom; which brackets were opened or settled; and whether that is stricter or looser,
/// where it is certain.
///
/// One agreement and two dates: which records became known, were withdrawn or were revised between
/// them, and which findings, standings and gates came out otherwise for it, over the same period.
/// A record that is new is no new event: it became known late.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  armistice compare draft-2.truce draft-3.truce
  armistice compare draft-2 draft-3 --assessed     And what it would have meant for past records
  armistice compare agreements/minsk-package-2015 --as-known-on 2019-12-31 --as-known-on 2022-12-31

Exit codes: 0 compared; 1 an agreement or the records have errors; 2 usage.")]
pub(crate) struct Compare {
    /// Folder with agreement.truce.md, or the file itself
    #[arg(value_name = "AGREEMENT", value_hint = ValueHint::AnyPath)]
    pub(crate) agreement: PathBuf,
    /// The text to compare it with, as the newer of the two
    #[arg(value_name = "OTHER", value_hint = ValueHint::AnyPath)]
    pub(crate) other: Option<PathBuf>,
    /// A state of knowledge, as for assess; of one agreement give two, in either order
    #[arg(long, visible_alias = "as-of", value_name = "DATE")]
    pub(crate) as_known_on: Vec<String>,
    /// Of two texts: say what the changes would have meant for the records that assessment.truce
    /// names; --records says it for others
    #[arg(long)]
    pub(crate) assessed: bool,
    /// How to write the answer
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub(crate) format: TextOrJson,
    #[command(flatten)]
    pub(crate) evidence: Evidence,
}

/// Move a number of the text through all of its values, and say what each would have meant
///
/// A lever is a number that the text gives: a distance, say. The curve shows what is on record
/// against each party at every value, with all of its steps: between two steps nothing changes,
/// and at any value it says what assess says of the text with that value written into it.
/// `armistice show` lists the levers.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  armistice sweep agreements/syria-geneva-2016 --lever 3.a.distance
  armistice sweep agreements/syria-geneva-2016 --lever 3.a.distance --from 0 --to 10km
  armistice sweep draft.truce --lever 3.a.distance --records events.csv.gz --format csv
  armistice sweep draft.truce --lever 3.a.distance --to 5km --lever 3.a.deadline --steps 8

Exit codes: 0 swept; 1 the agreement or the records have errors; 2 usage.")]
pub(crate) struct Sweep {
    /// Folder with agreement.truce.md, or the file itself
    #[arg(value_name = "AGREEMENT", value_hint = ValueHint::AnyPath)]
    pub(crate) agreement: PathBuf,
    /// The number to move, by the name that `show` gives it; two of them give a grid
    #[arg(long, required = true, value_name = "NAME")]
    pub(crate) lever: Vec<String>,
    /// The first value, as the language writes it: `500 m`; of two levers, one for each
    #[arg(long, value_name = "VALUE")]
    pub(crate) from: Vec<String>,
    /// The last value: `10km`; without it, twice the greatest that the text gives
    #[arg(long, value_name = "VALUE")]
    pub(crate) to: Vec<String>,
    /// Of two levers: into how many steps each range is divided, 1 to 200; the text's own values
    /// come beside them
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=200))]
    pub(crate) steps: Vec<u16>,
    /// How to write the answer
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub(crate) format: AssessFormat,
    /// Draw the chart in plain letters
    #[arg(long)]
    pub(crate) ascii: bool,
    #[command(flatten)]
    pub(crate) known: Known,
    #[command(flatten)]
    pub(crate) evidence: Evidence,
}

/// Write a script that completes commands in a shell
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  armistice completions bash > ~/.local/share/bash-completion/completions/armistice")]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub(crate) shell: Shell,
}

/// Which alternatives of the brackets to follow.
#[derive(Debug, Args)]
pub(crate) struct Readings {
    /// Follow this source's alternatives only; repeat it for several brackets
    ///
    /// Without it every reading is taken, side by side.
    #[arg(long, value_name = "NAME")]
    pub(crate) reading: Vec<String>,
}

/// As of when.
#[derive(Debug, Args)]
pub(crate) struct Known {
    /// Use only what was known by then: `2016-09-15` (to its end), `2016-09-15 19:30`
    #[arg(long, visible_alias = "as-of", value_name = "DATE")]
    pub(crate) as_known_on: Option<String>,
}

/// What to judge on.
#[derive(Debug, Args)]
pub(crate) struct Evidence {
    /// Records to judge, instead of those assessment.truce names
    #[arg(long, value_name = "FILE", num_args = 1.., value_hint = ValueHint::FilePath)]
    pub(crate) records: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) readings: Readings,
    /// Go on without the rows that cannot be read, and say how many
    #[arg(long)]
    pub(crate) skip_bad_rows: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum TextOrJson {
    #[default]
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum AssessFormat {
    #[default]
    Text,
    Json,
    Csv,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// A Markdown page with fenced blocks of terms
    Page,
    /// Nothing but terms
    Plain,
}
