//! Text inside a block → tokens. Every byte lands in exactly one token.

use crate::kind::SyntaxKind as K;

/// One token: its kind and its length in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: K,
    pub(crate) len: usize,
}

/// Cuts `text`, the inside of a block, into tokens.
pub(crate) fn lex(text: &str, out: &mut Vec<Token>) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (kind, len) = next(rest, first);
        // `next` always takes at least the first character, so this ends.
        let len = len.max(first.len_utf8());
        out.push(Token { kind, len });
        rest = rest.get(len..).unwrap_or_default();
    }
}

fn next(rest: &str, first: char) -> (K, usize) {
    match first {
        '\n' => (K::Newline, 1),
        '\r' if rest.starts_with("\r\n") => (K::Newline, 2),
        c if c.is_whitespace() => {
            let whole = rest.find(|c: char| !c.is_whitespace() || c == '\n' || c == '\r');
            (K::Space, whole.unwrap_or(rest.len()))
        }
        '#' => (K::Comment, line_end(rest)),
        '"' | '“' | '”' => text(rest, first),
        ',' => (K::Comma, 1),
        ':' => (K::Colon, 1),
        '|' => (K::Pipe, 1),
        '[' => (K::OpenBracket, 1),
        ']' => (K::CloseBracket, 1),
        '(' => (K::OpenParen, 1),
        ')' => (K::CloseParen, 1),
        '+' => (K::Plus, 1),
        '-' | '−' => (K::Minus, first.len_utf8()),
        '%' => (K::Percent, 1),
        '0'..='9' => number(rest),
        c if c.is_alphabetic() => word(rest, c),
        c => (K::Unknown, c.len_utf8()),
    }
}

fn line_end(rest: &str) -> usize {
    let end = rest.find('\n').unwrap_or(rest.len());
    // The carriage return belongs to the line ending, not to the comment.
    if rest.get(..end).is_some_and(|line| line.ends_with('\r')) { end - 1 } else { end }
}

/// A quoted text ends at its closing mark or, unclosed, at the end of its line,
/// so that one forgotten quote costs one line and not the rest of the file.
fn text(rest: &str, open: char) -> (K, usize) {
    let body = open.len_utf8();
    let inner = rest.get(body..).unwrap_or_default();
    // Not to the end of the line first: a long line of short texts would be
    // gone through once for each.
    let stop = inner.find(['"', '”', '“', '\n']);
    let mark = stop.and_then(|at| inner.get(at..)).and_then(|s| s.chars().next());
    match (stop, mark) {
        (Some(close), Some(mark)) if mark != '\n' => (K::Text, body + close + mark.len_utf8()),
        _ => (K::Text, line_end(rest)),
    }
}

/// Numbers, dates (`2016-09-12`), times (`19:00`) and clause ids (`3.a`).
fn number(rest: &str) -> (K, usize) {
    let bytes = rest.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let digits = |from: usize| (from..).take_while(|&i| digit(i)).count();
    let at = |i: usize| bytes.get(i).copied();
    let lead = digits(0);
    if lead == 4 && at(4) == Some(b'-') && digits(5) == 2 && at(7) == Some(b'-') && digits(8) == 2 {
        return (K::Date, 10);
    }
    if (1..=2).contains(&lead) && at(lead) == Some(b':') && digits(lead + 1) == 2 {
        let minutes = lead + 3;
        let seconds = at(minutes) == Some(b':') && digits(minutes + 1) == 2;
        return (K::Time, if seconds { minutes + 3 } else { minutes });
    }
    let mut end = lead;
    let mut parts = 0;
    let mut lettered = false;
    // `3.a`, `3.a.ii`, `2.1.4`: parts joined by full stops without a space.
    while at(end) == Some(b'.') {
        let part = bytes.iter().skip(end + 1).take_while(|b| b.is_ascii_alphanumeric()).count();
        if part == 0 {
            break;
        }
        lettered |= bytes.iter().skip(end + 1).take(part).any(u8::is_ascii_alphabetic);
        parts += 1;
        end += 1 + part;
    }
    if lettered || parts > 1 {
        return (K::ClauseId, end);
    }
    if parts == 1 {
        return (K::Number, end);
    }
    // `12,000`: a comma followed by exactly three digits is a thousands mark.
    while at(end) == Some(b',') && digits(end + 1) == 3 {
        end += 4;
    }
    (K::Number, end)
}

/// A word starts with a small letter, a name with any other letter: keywords
/// are words, and what the parties call things are names.
fn word(rest: &str, first: char) -> (K, usize) {
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joins = matches!(c, '-' | '\'' | '’' | '/' | '.') && at > 0 && {
            let following = chars.peek().map(|&(_, next)| next);
            following.is_some_and(char::is_alphanumeric)
        };
        if c.is_alphanumeric() || c == '_' || joins {
            end = at + c.len_utf8();
        } else {
            break;
        }
    }
    (if first.is_lowercase() { K::Word } else { K::Name }, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(K, String)> {
        let mut tokens = Vec::new();
        lex(text, &mut tokens);
        let mut at = 0;
        let cut = |token: &Token| {
            let piece = text[at..at + token.len].to_owned();
            at += token.len;
            (token.kind, piece)
        };
        tokens.iter().map(cut).filter(|(kind, _)| *kind != K::Space).collect()
    }

    #[test]
    fn numbers_dates_times_and_clauses() {
        let got = kinds("3,500 m 2016-09-12 19:00 3.a 1.5 km 2.1.4 D+3, 100, 2 II.3.b");
        let kinds: Vec<K> = got.iter().map(|(kind, _)| *kind).collect();
        assert_eq!(
            kinds,
            [
                K::Number,
                K::Word,
                K::Date,
                K::Time,
                K::ClauseId,
                K::Number,
                K::Word,
                K::ClauseId,
                K::Name,
                K::Plus,
                K::Number,
                K::Comma,
                K::Number,
                K::Comma,
                K::Number,
                K::Name
            ]
        );
    }

    #[test]
    fn names_hold_zones_and_hyphens() {
        let got = kinds("Asia/Damascus self-defence Al-Akhbar's");
        assert_eq!(
            got.iter().map(|(_, s)| s.as_str()).collect::<Vec<_>>(),
            ["Asia/Damascus", "self-defence", "Al-Akhbar's"]
        );
    }

    #[test]
    fn an_unclosed_text_stops_at_its_line() {
        let got = kinds("known as \"Government\nfrom D");
        assert_eq!(got[2], (K::Text, "\"Government".to_owned()));
        assert_eq!(got[3].0, K::Newline);
    }
}
