//! Messages for the faults that the scan finds: unbalanced brackets, and text between forms.

use super::repair::lexical;
use super::repair::quote::one_line;
use crate::diagnostic::{Code, Diagnostic};
use crate::lex::Token;
use crate::scan::ScanFault;

/// Returns the error for a fault.
pub(crate) fn explain(source: &str, fault: &ScanFault) -> Diagnostic {
    let unexpected = |span, message: &str| Diagnostic::error(Code::UnexpectedToken, span, message);
    match *fault {
        ScanFault::BetweenForms(token) => malformed(source, token).unwrap_or_else(|| {
            let found = one_line(&source[token.span().range()]);
            unexpected(token.span(), &format!("expected `(`, found `{found}`"))
        }),
        ScanFault::AfterModule(token, open) => malformed(source, token)
            .unwrap_or_else(|| unexpected(open, "unexpected text after the end of the module")),
        ScanFault::ModuleAmongFields(open) => {
            unexpected(open, "a module cannot be among the fields of another module")
        }
        ScanFault::NameNotUtf8(span) => Diagnostic::error(Code::BadUtf8, span, "a name must be UTF-8"),
        ScanFault::NeverClosed(open) => {
            Diagnostic::error(Code::UnclosedParenthesis, open, "this parenthesis is never closed")
        }
        ScanFault::NeverTerminated(span, what) => {
            Diagnostic::error(Code::Unterminated, span, format!("this {what} is never closed"))
        }
        ScanFault::NeverOpened(span) => {
            let message = "unexpected closing parenthesis: no parenthesis is open";
            Diagnostic::error(Code::UnopenedParenthesis, span, message)
        }
    }
}

/// Returns the error for a malformed token.
pub(super) fn malformed(source: &str, token: Token) -> Option<Diagnostic> {
    lexical::explain(source, token).into_iter().next().map(|fault| fault.diagnostic)
}
