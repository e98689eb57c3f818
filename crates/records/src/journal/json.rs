//! A line of JSON whose every key and value knows its column.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::reading::RowError;

/// One line of the file.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) number: u32,
    pub(super) text: &'a str,
}

/// An object on the line.
pub(super) struct Object<'a> {
    line: Line<'a>,
    fields: Vec<Value<'a>>,
    /// Where it opens, for errors about what it lacks.
    at: usize,
}

/// A value on the line, under its key.
#[derive(Clone)]
pub(super) struct Value<'a> {
    line: Line<'a>,
    pub(super) key: Cow<'a, str>,
    key_at: usize,
    raw: &'a str,
}

impl<'a> Line<'a> {
    /// The column, counted in characters from 1, of a part of the line.
    fn column(&self, at: usize) -> u32 {
        let before = self.text.get(..at).unwrap_or(self.text);
        u32::try_from(before.chars().count()).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// Where `part`, a slice of the line, begins.
    fn offset(&self, part: &str) -> usize {
        (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize)
    }

    /// Reads the line as an object whose keys are among `known`.
    pub(super) fn object(self, known: &[&str]) -> Result<Object<'a>, RowError> {
        Object::parse(self, self.text, "line", known)
    }
}

impl<'a> Object<'a> {
    fn parse(line: Line<'a>, text: &'a str, field: &str, known: &[&str]) -> Result<Self, RowError> {
        let at = line.offset(text);
        let Fields(pairs) = serde_json::from_str(text).map_err(|e| {
            // serde_json counts bytes from 1, and 0 for "before the first".
            let within = e.column().saturating_sub(1);
            let message = e.to_string();
            let message = message.split(" at line ").next().unwrap_or(&message);
            let place = (line.number, line.column(at + within));
            let rest = text.get(within..).unwrap_or_default();
            let reason = format!("is where the JSON stops making sense: {message}");
            RowError::new(place, field, rest, reason, "give one JSON object on one line")
        })?;
        let mut fields: Vec<Value<'a>> = Vec::with_capacity(pairs.len());
        for (key, raw) in pairs {
            let key_at = match key {
                Cow::Borrowed(key) => line.offset(key).saturating_sub(1),
                // A key with escapes has no slice of the line to point at.
                Cow::Owned(_) => line.offset(raw.get()),
            };
            let value = Value { line, key, key_at, raw: raw.get() };
            if !known.contains(&&*value.key) {
                return Err(value.key_error("is not a key", did_you_mean(&value.key, known)));
            }
            if fields.iter().any(|other| other.key == value.key) {
                return Err(value.key_error("stands twice", "keep one of the two"));
            }
            fields.push(value);
        }
        Ok(Self { line, fields, at })
    }

    /// The value of a key, unless it is absent or `null`.
    pub(super) fn get(&self, key: &str) -> Option<&Value<'a>> {
        self.fields.iter().find(|value| value.key == key && value.raw != "null")
    }

    /// The value of a key that may not be absent.
    pub(super) fn need(&self, key: &str, mend: &str) -> Result<&Value<'a>, RowError> {
        self.get(key).ok_or_else(|| self.lacks(key, mend))
    }

    /// The error of lacking a key.
    pub(super) fn lacks(&self, key: &str, mend: &str) -> RowError {
        let place = (self.line.number, self.line.column(self.at));
        RowError::new(place, key, "", "is missing", mend)
    }
}

impl<'a> Value<'a> {
    /// An error that points at the value.
    pub(super) fn error(&self, reason: impl Into<String>, mend: impl Into<String>) -> RowError {
        let place = (self.line.number, self.line.column(self.line.offset(self.raw)));
        let shown = self.text().unwrap_or_else(|| self.raw.to_owned());
        RowError::new(place, &self.key, &shown, reason, mend)
    }

    fn key_error(&self, reason: &str, mend: impl Into<String>) -> RowError {
        let place = (self.line.number, self.line.column(self.key_at));
        RowError::new(place, &self.key, &self.key, reason, mend)
    }

    fn read<T: Deserialize<'a>>(&self) -> Option<T> {
        serde_json::from_str(self.raw).ok()
    }

    fn text(&self) -> Option<String> {
        self.read()
    }

    /// Text that is not empty.
    pub(super) fn string(&self) -> Result<String, RowError> {
        match self.text() {
            Some(text) if !text.trim().is_empty() => Ok(text),
            _ => Err(self.error("is not text", "write some text in double quotes")),
        }
    }

    /// One text or a list of them.
    pub(super) fn strings(&self) -> Result<Vec<String>, RowError> {
        let list = match self.text() {
            Some(one) => vec![one],
            None => self
                .read::<Vec<String>>()
                .ok_or_else(|| self.error("is not a list of names", "write [\"first\", \"second\"]"))?,
        };
        if list.iter().any(|name| name.trim().is_empty()) {
            return Err(self.error("holds an empty name", "take it out of the list"));
        }
        if list.iter().any(|name| name.contains(crate::NAME_SEPARATOR)) {
            return Err(self.error("holds \"|\"", "write names without it; give several as a list"));
        }
        Ok(list)
    }

    /// A whole number, 0 or more.
    pub(super) fn count(&self) -> Result<u32, RowError> {
        self.read().ok_or_else(|| self.error("is not a count", "give a whole number, 0 or more"))
    }

    /// A number.
    pub(super) fn number(&self) -> Result<f64, RowError> {
        self.read().ok_or_else(|| self.error("is not a number", "give a number without quotes"))
    }

    /// Two numbers.
    pub(super) fn pair(&self, mend: &str) -> Result<(f64, f64), RowError> {
        match self.read::<[f64; 2]>() {
            Some([a, b]) => Ok((a, b)),
            None => Err(self.error("is not a pair of numbers", mend)),
        }
    }

    /// Whether it is an object.
    pub(super) fn is_object(&self) -> bool {
        self.raw.starts_with('{')
    }

    /// An object with keys among `known`.
    pub(super) fn object(&self, known: &[&str]) -> Result<Object<'a>, RowError> {
        if !self.is_object() {
            let mend = format!("write {{\"{}\": …}}", known.first().unwrap_or(&"key"));
            return Err(self.error("is not an object", mend));
        }
        Object::parse(self.line, self.raw, &self.key, known)
    }

    /// One of a set of words.
    pub(super) fn word<T: Copy>(&self, all: &[T], word: impl Fn(T) -> &'static str) -> Result<T, RowError> {
        // Credibility is written 1 to 6, and nobody puts digits in quotes.
        let text = self.text().unwrap_or_else(|| self.raw.to_owned());
        let known: Vec<&str> = all.iter().map(|&value| word(value)).collect();
        all.iter()
            .copied()
            .find(|&value| word(value) == text)
            .ok_or_else(|| self.error("is not a word known here", did_you_mean(&text, &known)))
    }
}

fn did_you_mean(word: &str, known: &[&str]) -> String {
    let nearest = known
        .iter()
        .map(|k| (strsim::jaro_winkler(&word.to_lowercase(), &k.to_lowercase()), k))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|(a, _), (b, _)| a.total_cmp(b));
    match nearest {
        Some((_, near)) => format!("did you mean \"{near}\"?"),
        None => format!("known here: {}", known.join(", ")),
    }
}

/// The keys and values of an object in order, unread.
struct Fields<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Fields<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some(Key(key)) = map.next_key()? {
                    pairs.push((key, map.next_value()?));
                }
                Ok(Fields(pairs))
            }
        }
        d.deserialize_map(Pairs)
    }
}

/// A key that borrows from the line where it can: its place is then known.
struct Key<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = Key<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }
            fn visit_borrowed_str<E: de::Error>(self, key: &'de str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Borrowed(key)))
            }
            fn visit_str<E: de::Error>(self, key: &str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Owned(key.to_owned())))
            }
        }
        d.deserialize_str(Text)
    }
}
