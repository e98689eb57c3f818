// Starts `armistice lsp` and lets it speak to the editor.
"use strict";

const { Uri, commands, workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

function started(context) {
  const command = workspace.getConfiguration("armistice").get("path") || "armistice";
  const server = { command, args: ["lsp"] };
  return new LanguageClient("armistice", "Armistice", server, {
    documentSelector: [{ language: "truce" }, { language: "markdown", pattern: "**/*.truce.md" }],
    // The pages of the linter's codes come with the extension.
    initializationOptions: { lintPages: Uri.joinPath(context.extensionUri, "lints").toString() },
    synchronize: { fileEvents: workspace.createFileSystemWatcher("**/*.{geojson,truce,truce.md}") },
  });
}

async function restart(context) {
  await client?.dispose();
  client = started(context);
  await client.start();
}

async function activate(context) {
  context.subscriptions.push(commands.registerCommand("armistice.restart", () => restart(context)));
  context.subscriptions.push(
    workspace.onDidChangeConfiguration((change) => change.affectsConfiguration("armistice.path") && restart(context)),
  );
  await restart(context);
}

function deactivate() {
  return client?.dispose();
}

module.exports = { activate, deactivate };
