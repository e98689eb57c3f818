//! The conversation with the editor.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use armistice_terms::{Checked, Clock, Form};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{
    DidChangeTextDocument, DidChangeWatchedFiles, DidCloseTextDocument, DidOpenTextDocument, DidSaveTextDocument,
    Notification as _, PublishDiagnostics,
};
use lsp_types::request::{
    CodeActionRequest, Completion, DocumentSymbolRequest, FoldingRangeRequest, Formatting, GotoDefinition,
    HoverRequest, PrepareRenameRequest, References, Rename, Request as _,
};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CompletionOptions, CompletionResponse,
    DocumentSymbolResponse, FoldingRangeProviderCapability, GotoDefinitionResponse, Hover, HoverContents,
    HoverProviderCapability, MarkupContent, MarkupKind, OneOf, Position, PrepareRenameResponse,
    PublishDiagnosticsParams, RenameOptions, ServerCapabilities, TextDocumentIdentifier, TextDocumentSyncCapability,
    TextDocumentSyncKind, TextEdit, Uri, WorkDoneProgressOptions,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::files::Files;
use crate::page::Page;
use crate::{Failure, Shelf, actions, complete, hover, navigate, outline, problems};

/// How long a person pauses before the readings passed over are checked, too.
const PAUSE: Duration = Duration::from_millis(300);

/// The names under which an agreement lies beside its settings.
const AGREEMENTS: [&str; 2] = ["agreement.truce.md", "agreement.truce"];

/// What this server can do.
pub(crate) fn capabilities() -> ServerCapabilities {
    ServerCapabilities {
        text_document_sync: Some(TextDocumentSyncCapability::Kind(TextDocumentSyncKind::INCREMENTAL)),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        })),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(vec![" ".to_owned()]),
            ..CompletionOptions::default()
        }),
        document_formatting_provider: Some(OneOf::Left(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]),
            ..CodeActionOptions::default()
        })),
        document_symbol_provider: Some(OneOf::Left(true)),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        ..ServerCapabilities::default()
    }
}

/// An editor's pages, and the connection to it.
pub(crate) struct Server<'a> {
    connection: &'a Connection,
    files: Files<'a>,
    pages: BTreeMap<String, Page>,
    /// Where the linter's pages stand, if the editor has said.
    manual: Option<String>,
    /// The pages whose problems the editor must be told, soon and at leisure.
    dirty: Vec<String>,
    unfinished: Vec<String>,
}

impl<'a> Server<'a> {
    pub(crate) fn new(connection: &'a Connection, shelf: Shelf<'a>, manual: Option<String>) -> Self {
        let (pages, dirty, unfinished) = (BTreeMap::new(), Vec::new(), Vec::new());
        Self { connection, files: Files::new(shelf), pages, manual, dirty, unfinished }
    }

    /// Answers until the editor says goodbye.
    pub(crate) fn run(&mut self) -> Result<(), Failure> {
        loop {
            let wait = if self.unfinished.is_empty() { Duration::from_secs(3600) } else { PAUSE };
            let first = match self.connection.receiver.recv_timeout(wait) {
                Ok(message) => message,
                Err(gone) if gone.is_disconnected() => return Ok(()),
                Err(_) => {
                    self.finish();
                    continue;
                }
            };
            // Keystrokes that have come in meanwhile are taken together.
            let waiting = self.connection.receiver.try_iter().collect::<Vec<_>>();
            for message in std::iter::once(first).chain(waiting) {
                if self.take(message)? {
                    return Ok(());
                }
            }
            for key in std::mem::take(&mut self.dirty) {
                self.tell(&key, false);
            }
        }
    }

    /// Takes one message; `true` if it was the last.
    fn take(&mut self, message: Message) -> Result<bool, Failure> {
        match message {
            Message::Request(request) => {
                let id = request.id.clone();
                if request.method == "shutdown" {
                    self.connection.sender.send(Response::new_ok(id, ()).into())?;
                    return Ok(false);
                }
                // Nothing here panics; should anything below, one answer is lost
                // and not the server.
                let answer = catch_unwind(AssertUnwindSafe(|| self.answer(request)));
                let answer = answer.unwrap_or_else(|_| {
                    Response::new_err(id, ErrorCode::InternalError as i32, "the server failed at this".to_owned())
                });
                self.connection.sender.send(answer.into())?;
            }
            Message::Notification(notification) => {
                if notification.method == "exit" {
                    return Ok(true);
                }
                let _ = catch_unwind(AssertUnwindSafe(|| self.hear(notification)));
            }
            Message::Response(_) => {}
        }
        Ok(false)
    }

    fn hear(&mut self, told: Notification) -> Option<()> {
        match told.method.as_str() {
            DidOpenTextDocument::METHOD => {
                let opened = read::<lsp_types::DidOpenTextDocumentParams>(told.params)?.text_document;
                let key = opened.uri.as_str().to_owned();
                self.pages.insert(key.clone(), Page::new(opened.uri, opened.version, opened.text));
                self.changed(&key);
            }
            DidChangeTextDocument::METHOD => {
                let changed = read::<lsp_types::DidChangeTextDocumentParams>(told.params)?;
                let key = changed.text_document.uri.as_str().to_owned();
                let page = self.pages.get_mut(&key)?;
                page.version = changed.text_document.version;
                changed.content_changes.into_iter().for_each(|change| page.text.change(change));
                self.changed(&key);
            }
            DidCloseTextDocument::METHOD => {
                let uri = read::<lsp_types::DidCloseTextDocumentParams>(told.params)?.text_document.uri;
                self.pages.remove(uri.as_str());
                // What is closed is no longer shown as wrong.
                self.publish(PublishDiagnosticsParams::new(uri, Vec::new(), None));
            }
            // What lies beside the pages may be another file now.
            DidSaveTextDocument::METHOD | DidChangeWatchedFiles::METHOD => {
                let keys: Vec<String> = self.pages.keys().cloned().collect();
                keys.iter().for_each(|key| self.changed(key));
            }
            _ => {}
        }
        Some(())
    }

    /// A page is not what it was: so are the settings beside it.
    fn changed(&mut self, key: &str) {
        let folder = self.pages.get(key).and_then(|page| page.folder.clone());
        for (other, page) in &mut self.pages {
            if other == key || (page.settings && page.folder == folder) {
                page.changed();
                if !self.dirty.contains(other) {
                    self.dirty.push(other.clone());
                }
            }
        }
    }

    /// Tells the editor what is wrong with a page.
    fn tell(&mut self, key: &str, whole: bool) {
        let Some(page) = self.pages.get(key) else {
            return;
        };
        let told = catch_unwind(AssertUnwindSafe(|| {
            let found = page.diagnostics(&self.files, &self.clock(page), whole);
            (problems::published(page, &found, self.manual.as_deref()), page.has_more_readings(&self.files))
        }));
        let Ok((published, more)) = told else {
            return;
        };
        if more && !whole && !self.unfinished.iter().any(|other| other == key) {
            self.unfinished.push(key.to_owned());
        }
        self.publish(published);
    }

    /// Checks a page under the readings that were passed over.
    fn finish(&mut self) {
        if let Some(key) = self.unfinished.pop() {
            let before = self.pages.get(&key).map(|page| page.soon(&self.files).diagnostics.len());
            let after = self.pages.get(&key).map(|page| page.whole(&self.files).diagnostics.len());
            if before != after {
                self.tell(&key, true);
            }
        }
    }

    fn publish(&self, published: PublishDiagnosticsParams) {
        let method = PublishDiagnostics::METHOD.to_owned();
        // An editor that has gone is found out when the next message is awaited.
        let _ = self.connection.sender.send(Notification::new(method, published).into());
    }

    /// In which clock the settings' days run: that of the agreement beside them,
    /// as it is being written or as it lies there.
    fn clock(&self, settings: &Page) -> Clock {
        let beside = |page: &&Page| !page.settings && settings.settings && page.folder == settings.folder;
        if let Some(open) = self.pages.values().find(beside) {
            return open.soon(&self.files).agreement().clock.clone();
        }
        let lies_there = AGREEMENTS.iter().filter(|_| settings.settings).find_map(|name| {
            let text = self.files.read(settings.folder.as_deref(), name).ok()?;
            Some(armistice_terms::check(&text, Form::of_file_name(name), &|_| Err(String::new())))
        });
        let checked: Option<Checked> = lies_there;
        checked
            .unwrap_or_else(|| armistice_terms::check("", Form::Plain, &|_| Err(String::new())))
            .agreement()
            .clock
            .clone()
    }

    fn answer(&self, request: Request) -> Response {
        let id = request.id.clone();
        match request.method.as_str() {
            HoverRequest::METHOD => reply(request, |p: lsp_types::HoverParams| {
                let (page, at) = self.place(&p.text_document_position_params)?;
                Ok(hover::hover(page, at, &self.files).map(|(value, span)| Hover {
                    contents: HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value }),
                    range: Some(page.text.range(&span)),
                }))
            }),
            GotoDefinition::METHOD => reply(request, |p: lsp_types::GotoDefinitionParams| {
                let (page, at) = self.place(&p.text_document_position_params)?;
                Ok(GotoDefinitionResponse::Array(navigate::definition(page, at)))
            }),
            References::METHOD => reply(request, |p: lsp_types::ReferenceParams| {
                let (page, at) = self.place(&p.text_document_position)?;
                Ok(navigate::references(page, at, p.context.include_declaration))
            }),
            PrepareRenameRequest::METHOD => reply(request, |p: lsp_types::TextDocumentPositionParams| {
                let (page, at) = self.place(&p)?;
                let (range, placeholder) = navigate::renamable(page, at)?;
                Ok(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder })
            }),
            Rename::METHOD => reply(request, |p: lsp_types::RenameParams| {
                let (page, at) = self.place(&p.text_document_position)?;
                navigate::renamed(page, at, &p.new_name)
            }),
            Completion::METHOD => reply(request, |p: lsp_types::CompletionParams| {
                let (page, at) = self.place(&p.text_document_position)?;
                Ok(CompletionResponse::Array(complete::complete(page, at, &self.files)))
            }),
            Formatting::METHOD => reply(request, |p: lsp_types::DocumentFormattingParams| {
                let page = self.page(&p.text_document)?;
                let (text, canonical) = (page.text.as_str(), armistice_syntax::format(page.text.as_str(), page.form));
                let whole = page.text.range(&(0..text.len()));
                Ok(if canonical == text { Vec::new() } else { vec![TextEdit::new(whole, canonical)] })
            }),
            CodeActionRequest::METHOD => reply(request, |p: lsp_types::CodeActionParams| {
                let page = self.page(&p.text_document)?;
                let found = page.diagnostics(&self.files, &self.clock(page), false);
                Ok(actions::mends(page, &found, &page.text.span(p.range), self.manual.as_deref()))
            }),
            DocumentSymbolRequest::METHOD => reply(request, |p: lsp_types::DocumentSymbolParams| {
                Ok(DocumentSymbolResponse::Nested(outline::symbols(self.page(&p.text_document)?)))
            }),
            FoldingRangeRequest::METHOD => {
                reply(request, |p: lsp_types::FoldingRangeParams| Ok(outline::folds(self.page(&p.text_document)?)))
            }
            other => {
                let why = format!("this server does not know `{other}`");
                Response::new_err(id, ErrorCode::MethodNotFound as i32, why)
            }
        }
    }

    fn page(&self, document: &TextDocumentIdentifier) -> Result<&Page, String> {
        let uri: &Uri = &document.uri;
        self.pages.get(uri.as_str()).ok_or_else(|| format!("{} is not open", uri.as_str()))
    }

    fn place(&self, at: &lsp_types::TextDocumentPositionParams) -> Result<(&Page, usize), String> {
        let page = self.page(&at.text_document)?;
        let position: Position = at.position;
        Ok((page, page.text.offset(position)))
    }
}

fn read<T: DeserializeOwned>(params: Value) -> Option<T> {
    serde_json::from_value(params).ok()
}

/// The answer to a request: what `make` gives, or why there is none.
fn reply<P: DeserializeOwned, T: serde::Serialize>(
    request: Request,
    make: impl FnOnce(P) -> Result<T, String>,
) -> Response {
    let id: RequestId = request.id;
    match serde_json::from_value(request.params) {
        Err(why) => Response::new_err(id, ErrorCode::InvalidParams as i32, why.to_string()),
        Ok(params) => match make(params) {
            Ok(made) => Response::new_ok(id, made),
            Err(why) => Response::new_err(id, ErrorCode::RequestFailed as i32, why),
        },
    }
}
