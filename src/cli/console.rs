//! The options for all subcommands: what is printed to the terminal, and how.

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;
use std::io;

/// The options for all subcommands.
#[derive(clap::Args)]
pub(super) struct Console {
    /// Whether texts for people have colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = "Messages")]
    color: Color,
    /// Print errors only: no warnings, no notes and no progress
    #[arg(short, long, global = true, conflicts_with = "verbose", help_heading = "Messages")]
    pub(super) quiet: bool,
    /// Print what is done and how long each stage takes
    #[arg(short, long, global = true, help_heading = "Messages")]
    pub(super) verbose: bool,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Color {
    /// On a terminal, unless the environment has NO_COLOR or CLICOLOR_FORCE
    Auto,
    Always,
    Never,
}

impl Console {
    /// Returns whether a stream gets colours.
    pub(super) fn choice(&self, stream: &impl anstream::stream::RawStream) -> ColorChoice {
        match self.color {
            Color::Auto => AutoStream::choice(stream),
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        }
    }

    /// Prints a note on standard error, unless the user wants none.
    pub(super) fn note(&self, message: std::fmt::Arguments<'_>) {
        if !self.quiet {
            super::message::note(message);
        }
    }

    /// Whether progress may be shown.
    pub(super) fn shows_progress(&self) -> bool {
        !self.quiet && io::IsTerminal::is_terminal(&io::stderr())
    }
}
