//! Formats the pages of diagnostics for a terminal. The pages have a small part of Markdown: headings, paragraphs, blocks
//! of code, tables, inline code and links.

use anstyle::{AnsiColor, Style};
use std::fmt::Write;

/// The width of paragraphs, in characters.
const WIDTH: usize = 80;

const HEADING: Style = Style::new().bold();
const CODE: Style = AnsiColor::Cyan.on_default();
const WRONG: Style = AnsiColor::Red.on_default().bold();
const RIGHT: Style = AnsiColor::Green.on_default().bold();

/// Formats pages, with colours as ANSI escapes if `color`.
pub(super) fn format(pages: &str, color: bool) -> String {
    let mut page = Formatter { out: String::new(), color };
    let mut lines = pages.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(heading) = line.strip_prefix('#') {
            page.styled(HEADING, heading.trim_start_matches('#').trim());
            page.out.push('\n');
        } else if let Some(kind) = line.strip_prefix("```") {
            page.label(kind);
            for code in lines.by_ref().take_while(|code| *code != "```") {
                let _ = writeln!(page.out, "    {code}");
            }
        } else if line.starts_with('|') {
            let mut rows = vec![line];
            while let Some(row) = lines.next_if(|next| next.starts_with('|')) {
                rows.push(row);
            }
            page.table(&rows);
        } else if line.is_empty() {
            page.out.push('\n');
        } else {
            let mut words: Vec<&str> = line.split(' ').collect();
            while let Some(next) = lines.next_if(|next| is_paragraph(next)) {
                words.extend(next.split(' '));
            }
            page.paragraph(&words.join(" "));
        }
    }
    page.out
}

fn is_paragraph(line: &str) -> bool {
    !line.is_empty() && !line.starts_with(['#', '|', '`'])
        || line.starts_with('`') && !line.starts_with("```")
}

struct Formatter {
    out: String,
    color: bool,
}

impl Formatter {
    fn styled(&mut self, style: Style, text: &str) {
        let _ = match self.color {
            true => write!(self.out, "{style}{text}{style:#}"),
            false => write!(self.out, "{text}"),
        };
    }

    /// Writes what kind of example a block of code is.
    fn label(&mut self, kind: &str) {
        match kind {
            "wat wrong" => self.styled(WRONG, "Wrong:"),
            "wat right" => self.styled(RIGHT, "Right:"),
            _ => return,
        }
        self.out.push_str("\n\n");
    }

    /// Writes a paragraph in lines of limited width.
    fn paragraph(&mut self, text: &str) {
        let text = without_links(text);
        let mut column = 0;
        let mut line = String::new();
        for word in text.split(' ') {
            let len = word.chars().count();
            if column > 0 && column + 1 + len > WIDTH {
                line.push('\n');
                column = 0;
            }
            if column > 0 {
                line.push(' ');
                column += 1;
            }
            line.push_str(word);
            column += len;
        }
        self.inline(&line);
        self.out.push('\n');
    }

    /// Writes text with inline code. Without colours, the code keeps its backquotes.
    fn inline(&mut self, text: &str) {
        for (nth, part) in text.split('`').enumerate() {
            match (nth % 2 == 1, self.color) {
                (true, true) => self.styled(CODE, part),
                (true, false) => _ = write!(self.out, "`{part}`"),
                (false, _) => self.out.push_str(part),
            }
        }
    }

    /// Writes a table with aligned columns.
    fn table(&mut self, rows: &[&str]) {
        let cells = |row: &str| -> Vec<String> {
            row.trim_matches('|').split('|').map(|cell| without_links(cell.trim())).collect()
        };
        let is_rule = |row: &&&str| row.chars().all(|c| "|-: ".contains(c));
        let rows: Vec<Vec<String>> = rows.iter().filter(|row| !is_rule(row)).map(|row| cells(row)).collect();
        let width_of = |cell: &String| match self.color {
            true => cell.chars().filter(|c| *c != '`').count(),
            false => cell.chars().count(),
        };
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns)
            .map(|column| rows.iter().filter_map(|row| row.get(column)).map(width_of).max().unwrap_or(0))
            .collect();
        let padded: Vec<Vec<usize>> = rows
            .iter()
            .map(|row| row.iter().zip(&widths).map(|(cell, width)| width - width_of(cell)).collect())
            .collect();
        for (row, padding) in rows.iter().zip(padded) {
            self.out.push_str("  ");
            for (nth, (cell, padding)) in row.iter().zip(padding).enumerate() {
                self.inline(cell);
                if nth + 1 < row.len() {
                    let _ = write!(self.out, "{:padding$}  ", "");
                }
            }
            self.out.push('\n');
        }
    }
}

/// Replaces each link by its text.
fn without_links(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(middle) = rest.find("](") {
        let (Some(start), Some(end)) = (rest[..middle].rfind('['), rest[middle..].find(')')) else { break };
        out.push_str(&rest[..start]);
        out.push_str(&rest[start + 1..middle]);
        rest = &rest[middle + end + 1..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::format;
    use crate::diagnostic::Code;

    const PAGE: &str = "# E1: a name\n\nThis `code` is\nhere, see [E2](E2.md).\n\n```wat wrong\n(a\n  b)\n```\n\n\
        | | most |\n|---|--:|\n| `x` and more | 1 |\n";

    #[test]
    fn a_page_has_no_markup() {
        let expected = "E1: a name\n\nThis `code` is here, see E2.\n\nWrong:\n\n    (a\n      b)\n\n\
            \u{20}               most\n  `x` and more  1\n";
        assert_eq!(format(PAGE, false), expected);
    }

    #[test]
    fn colors_replace_backquotes() {
        let page = format(PAGE, true);
        assert!(page.starts_with("\u{1b}[1mE1: a name\u{1b}[0m\n") && !page.contains('`'), "{page:?}");
        assert!(page.contains("This \u{1b}[36mcode\u{1b}[0m is here"), "{page:?}");
    }

    #[test]
    fn every_page_fits_a_terminal() {
        for code in Code::ALL {
            let page = format(code.explanation(), false);
            assert!(!page.contains("```") && !page.contains("]("), "{page}");
            let is_wide = |line: &&str| !line.starts_with(' ') && line.chars().count() > 80;
            assert_eq!(page.lines().find(is_wide), None);
        }
    }
}
