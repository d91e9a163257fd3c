//! Reports the stages of a run as they begin. The library has no clock: the observer measures time.

use std::fmt;
use std::sync::Arc;

/// A stage of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Finds the forms of the text.
    Scan,
    /// Parses the fields other than functions and data.
    Outline,
    /// Parses and lowers functions and data.
    Lower,
    /// Validates the module.
    Validate,
    /// Finds the errors of a rejected text.
    Explain,
    /// Checks the suggestions.
    Settle,
}

/// Is called at the beginning of each stage.
#[derive(Clone)]
pub(crate) struct Observer(Arc<dyn Fn(Stage) + Send + Sync>);

impl Observer {
    /// Creates an observer that calls `begin`.
    #[cfg(feature = "cli")]
    pub(crate) fn new(begin: impl Fn(Stage) + Send + Sync + 'static) -> Observer {
        Observer(Arc::new(begin))
    }

    /// Reports a stage to an observer, if there is one.
    pub(crate) fn begin(observer: Option<&Observer>, stage: Stage) {
        if let Some(Observer(begin)) = observer {
            begin(stage);
        }
    }
}

impl fmt::Debug for Observer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Observer")
    }
}
