//! The page around the blocks: prose, headings, quotations, fences.

use crate::diagnostic::Span;
use crate::kind::SyntaxKind as K;
use crate::lexer::{Token, lex};

/// How a file holds its terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A Markdown page with fenced `truce` blocks.
    Literate,
    /// Nothing but terms.
    Plain,
}

impl Form {
    /// The form a file's name promises: `.md` is a page, anything else is plain.
    #[must_use]
    pub fn of_file_name(name: &str) -> Self {
        let page = name.rsplit_once('.').is_some_and(|(_, end)| end.eq_ignore_ascii_case("md"));
        if page { Self::Literate } else { Self::Plain }
    }
}

/// Something on a page that is not read as terms, though its writer may think so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stray {
    /// A comment of the page that is never closed hides all that follows.
    OpenComment(Span),
    /// A block whose first word, at the second span, is nearly `truce`.
    NearlyTruce(Span, Span, String),
    /// A heading that is underlined: its words, its depth, and all of it.
    Underlined(String, usize, Span),
    /// A block of terms that stands in a quotation or in a list, and in which.
    Within(&'static str, Span),
    /// A character in the terms that turns the order of what is read round.
    Turning(char, Span),
}

/// Cuts a whole file into tokens, and finds what a page only seems to say.
pub(crate) fn tokens(text: &str, form: Form) -> (Vec<Token>, Vec<Stray>) {
    let (mut out, mut stray) = (Vec::new(), Vec::new());
    match form {
        Form::Plain => lex(text, &mut out),
        Form::Literate => literate(text, &mut out, &mut stray),
    }
    turning(text, &out, &mut stray);
    (out, stray)
}

/// Finds characters that make terms look otherwise than they are read: the
/// overrides, embeddings and isolates of writing direction. One for each token.
fn turning(text: &str, tokens: &[Token], stray: &mut Vec<Stray>) {
    let mut at = 0;
    for token in tokens {
        let start = at;
        at += token.len;
        if matches!(token.kind, K::Prose | K::HeadingLine | K::QuoteLine | K::Fence) {
            continue;
        }
        let words = text.get(start..at).unwrap_or_default();
        let turns = |c: &(usize, char)| matches!(c.1, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if let Some((from, c)) = words.char_indices().find(turns) {
            stray.push(Stray::Turning(c, start + from..start + from + c.len_utf8()));
        }
    }
}

fn literate(text: &str, out: &mut Vec<Token>, stray: &mut Vec<Stray>) {
    let mut open: Option<OpenFence> = None;
    let mut comment: Option<Span> = None;
    let mut block = String::new();
    let mut at = 0;
    // The line of a paragraph that the next may turn into a heading, and whether
    // it is the only one: a rule below several lines is hardly meant so.
    let mut above: Option<(Span, bool)> = None;
    let mut lines_of_matter = front_matter(text);
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let paragraph = above.take();
        if lines_of_matter > 0 {
            lines_of_matter -= 1;
            out.push(Token { kind: K::Prose, len: line.len() });
            continue;
        }
        if comment.is_some() {
            // What a page's comment hides is struck out, terms and all.
            out.push(Token { kind: K::Prose, len: line.len() });
            if line.contains("-->") {
                comment = None;
            }
            continue;
        }
        open = open.filter(|fence| !fence.left_at(line));
        match &open {
            Some(fence) if fence.closed_by(line) => {
                lex(&block, out);
                block.clear();
                let kind = if fence.truce { K::Fence } else { prose(line) };
                out.push(Token { kind, len: line.len() });
                open = None;
            }
            Some(fence) if fence.truce => block.push_str(line),
            Some(_) => out.push(Token { kind: prose(line), len: line.len() }),
            None => {
                open = OpenFence::of(line).or_else(|| OpenFence::within(line));
                if let Some((what, true)) = open.as_ref().and_then(|fence| fence.within) {
                    stray.push(Stray::Within(what, start..start + line.trim_end().len()));
                }
                if let Some(word) = open.as_ref().and_then(|_| nearly_truce(line)) {
                    let from = start + line.find(&word).unwrap_or_default();
                    let whole = start..start + line.trim_end().len();
                    stray.push(Stray::NearlyTruce(whole, from..from + word.len(), word));
                }
                if open.is_none() {
                    match (paragraph, underline(line)) {
                        (Some((words, true)), Some(depth)) => {
                            let title = text.get(words.clone()).unwrap_or_default().trim().to_owned();
                            stray.push(Stray::Underlined(title, depth, words.start..start + line.trim_end().len()));
                        }
                        (before, None) if is_paragraph(line) => above = Some((start..at, before.is_none())),
                        _ => {}
                    }
                }
                if let (None, Some(opened)) = (&open, opens_comment(line)) {
                    comment = Some(start + opened..start + opened + 4);
                }
                let kind = match &open {
                    Some(fence) if fence.truce => K::Fence,
                    Some(_) => prose(line),
                    None if heading(line).is_some() => K::HeadingLine,
                    None => prose(line),
                };
                out.push(Token { kind, len: line.len() });
            }
        }
    }
    lex(&block, out);
    stray.extend(comment.map(Stray::OpenComment));
}

/// How many lines at the top of a page tell of it, between two rules. Between
/// them stands no empty line and no fence: terms never hide there.
fn front_matter(text: &str) -> usize {
    let mut lines = text.lines().map(str::trim_end);
    match lines.next() {
        Some("---") => {}
        _ => return 0,
    }
    for (told, line) in lines.enumerate() {
        match line {
            "---" => return told + 2,
            "" => return 0,
            line if line.trim_start().starts_with(['`', '~']) => return 0,
            _ => {}
        }
    }
    0
}

/// Whether a line is of a paragraph, which a line beneath could make a heading.
fn is_paragraph(line: &str) -> bool {
    let words = line.trim();
    let begins = |marks: &[char]| words.starts_with(marks);
    let listed = begins(&['-', '*', '+']) || !peeled(words).1.is_empty();
    let indented = line.starts_with("    ") || line.starts_with('\t');
    !(words.is_empty() || begins(&['>', '#', '|', '<', '`', '~', '=']) || listed || indented)
}

/// The depth of the heading that a line makes of the one above it.
fn underline(line: &str) -> Option<usize> {
    let body = line.trim_start_matches(' ');
    let marks = body.trim_end();
    let all = |mark: char| marks.chars().all(|c| c == mark);
    (line.len() - body.len() < 4 && !marks.is_empty()).then_some(())?;
    if all('=') { Some(1) } else { (all('-') && marks.len() > 1).then_some(2) }
}

/// What a line is that holds no terms and is no heading.
fn prose(line: &str) -> K {
    if line.trim_start().starts_with('>') { K::QuoteLine } else { K::Prose }
}

/// What stands behind the marks of quotations and lists, and these marks.
fn peeled(line: &str) -> (&str, &str) {
    let mut rest = line;
    loop {
        let number = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let next = match rest.strip_prefix(['>', '-', '*', '+']) {
            Some(next) => next,
            None if number.len() < rest.len() => number.strip_prefix(['.', ')']).unwrap_or(rest),
            None => rest,
        };
        let spaced = next.trim_start();
        // A mark of a list has a space behind it; that of a quotation need not.
        if next.len() == rest.len() || (spaced.len() == next.len() && !rest.starts_with('>')) {
            return (rest, line.get(..line.len() - rest.len()).unwrap_or_default());
        }
        rest = spaced;
    }
}

/// Where a comment begins that does not end on its line.
fn opens_comment(line: &str) -> Option<usize> {
    let at = line.rfind("<!--")?;
    (!line.get(at..)?.contains("-->")).then_some(at)
}

/// The first word after a fence, if it is `truce` but for a slip.
fn nearly_truce(line: &str) -> Option<String> {
    let (_, _, info) = fence_marks(line)?;
    let word = info.split_whitespace().next()?;
    let lower = word.to_lowercase();
    let slip = word != "truce" && (lower == "truce" || crate::suggest::closest(&lower, ["truce"]).is_some());
    slip.then(|| word.to_owned())
}

/// A code fence that has been opened: its mark, how long it is, and whether
/// what it holds is ours.
struct OpenFence {
    mark: char,
    length: usize,
    truce: bool,
    /// Where it stands in a quotation or a list: in which, and whether it looks
    /// like ours.
    within: Option<(&'static str, bool)>,
}

impl OpenFence {
    fn of(line: &str) -> Option<Self> {
        let (mark, length, info) = fence_marks(line)?;
        let truce = info.split_whitespace().next() == Some("truce");
        Some(Self { mark, length, truce, within: None })
    }

    /// One that stands in something else, and holds no terms.
    fn within(line: &str) -> Option<Self> {
        let (rest, marks) = peeled(line.trim_start());
        let fence = Self::of(rest)?;
        let what = match marks {
            "" => "an indented passage",
            marks if marks.contains('>') => "a quotation",
            _ => "a list",
        };
        Some(Self { truce: false, within: Some((what, fence.truce)), ..fence })
    }

    fn closed_by(&self, line: &str) -> bool {
        let line = if self.within.is_some() { peeled(line.trim_start()).0 } else { line };
        fence_marks(line)
            .is_some_and(|(mark, length, info)| mark == self.mark && length >= self.length && info.is_empty())
    }

    /// Whether a line stands no longer in what the fence stands in.
    fn left_at(&self, line: &str) -> bool {
        match self.within {
            Some(("a quotation", _)) => prose(line) != K::QuoteLine,
            Some(_) => !line.starts_with([' ', '\t', '>']) && !line.trim().is_empty(),
            None => false,
        }
    }
}

/// The fence characters a line begins with: which, how many, and what follows.
fn fence_marks(line: &str) -> Option<(char, usize, &str)> {
    let body = line.trim_start_matches(' ');
    let mark = body.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let after = body.trim_start_matches(mark);
    let length = body.len() - after.len();
    (line.len() - body.len() < 4 && length >= 3).then(|| (mark, length, after.trim()))
}

/// The depth and words of a Markdown heading line.
pub(crate) fn heading(line: &str) -> Option<(usize, &str)> {
    let body = line.trim_start_matches(' ');
    let after = body.trim_start_matches('#');
    let depth = body.len() - after.len();
    let heads = (1..=6).contains(&depth) && after.starts_with([' ', '\t', '\n', '\r']) && line.len() - body.len() < 4;
    let words = after.trim();
    // Marks may close a heading as well, behind a space.
    let open = words.trim_end_matches('#');
    let words = if open.is_empty() || open.ends_with([' ', '\t']) { open.trim_end() } else { words };
    heads.then_some((depth, words))
}

/// Splits a heading's words into the provision's id and its title.
///
/// `3.a Castello Road` has id `3.a`; so has `Article 3.a – Castello Road`. A
/// heading whose first words hold no number has no id.
///
/// ```
/// assert_eq!(armistice_syntax::heading_id("3.a Castello Road"), (Some("3.a"), "Castello Road"));
/// assert_eq!(armistice_syntax::heading_id("Article 5. Joint centre"), (Some("5"), "Joint centre"));
/// assert_eq!(armistice_syntax::heading_id("Parties"), (None, "Parties"));
/// ```
#[must_use]
pub fn heading_id(words: &str) -> (Option<&str>, &str) {
    let split = |s: &str| -> Option<(usize, usize)> {
        let id = s.split(char::is_whitespace).next()?.trim_end_matches(['.', ')', ':', ',']);
        let numbered = id.starts_with(|c: char| c.is_ascii_digit());
        let shaped = id.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric()));
        let dated = id.len() == 4 && id.bytes().all(|b| b.is_ascii_digit());
        (numbered && shaped && !dated).then_some((0, id.len()))
    };
    let lead = words.split(char::is_whitespace).next().unwrap_or_default();
    let named = matches!(
        lead.to_ascii_lowercase().as_str(),
        "article" | "clause" | "section" | "paragraph" | "point" | "annex" | "chapter" | "part" | "§"
    );
    let rest = if named { words.get(lead.len()..).unwrap_or_default().trim_start() } else { words };
    match split(rest) {
        Some((from, to)) => {
            let title = rest.get(to..).unwrap_or_default();
            (rest.get(from..to), title.trim_start_matches(['.', ')', ':', ',', '–', '—', '-', ' ', '\t']))
        }
        None => (None, words),
    }
}
