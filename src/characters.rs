//! Characters outside ASCII that are invisible or look like an ASCII character: their names and look-alikes.
//! Only characters that occur in practice are listed.

use std::borrow::Cow;

/// Names a character by its code point, and by its Unicode name if that is listed: `U+202E RIGHT-TO-LEFT
/// OVERRIDE`.
pub(crate) fn code_point(character: char) -> String {
    match name(character) {
        Some(name) => format!("U+{:04X} {name}", character as u32),
        None => format!("U+{:04X}", character as u32),
    }
}

/// Whether the character changes the order in which the characters around it are shown.
pub(crate) const fn is_bidirectional(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether the character has no visible shape.
pub(crate) fn is_invisible(character: char) -> bool {
    ascii(character) == Some("") || is_bidirectional(character)
}

/// Whether the character is reserved for private use, so that its shape depends on the font.
pub(crate) const fn is_private(character: char) -> bool {
    matches!(character, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}')
}

/// Returns the ASCII text that a character looks like. It is empty for an invisible character.
pub(crate) fn ascii(character: char) -> Option<&'static str> {
    if let '\u{ff01}'..='\u{ff5e}' = character {
        // The fullwidth forms are in the order of ASCII.
        let at = character as usize - 0xff01;
        return PRINTABLE.get(at..=at);
    }
    row(character).map(|row| row.1)
}

/// Returns a note on a name that contains a character that is invisible or looks like one of ASCII.
pub(crate) fn look_alike(name: &str) -> Option<String> {
    let is_deceptive =
        |c: &char| !c.is_ascii() && (ascii(*c).is_some() || is_bidirectional(*c) || is_private(*c));
    let character = name.chars().find(is_deceptive)?;
    let what = match ascii(character) {
        Some(text) if !is_invisible(character) && !text.trim().is_empty() => {
            format!(", which looks like `{text}`")
        }
        _ => String::new(),
    };
    Some(format!("the name contains {}{what}", code_point(character)))
}

/// Returns the Unicode name of a listed character.
fn name(character: char) -> Option<Cow<'static, str>> {
    if is_private(character) {
        return Some("(private use)".into());
    }
    if let Some(row) = row(character) {
        return Some(row.2.into());
    }
    if !('\u{ff01}'..='\u{ff5e}').contains(&character) {
        return None;
    }
    let plain = char::from_u32(character as u32 - 0xfee0)?;
    let of_list = |list: &[&'static str], first: char| list.get(plain as usize - first as usize).copied();
    let name = match plain {
        'A'..='Z' => format!("LATIN CAPITAL LETTER {plain}"),
        'a'..='z' => format!("LATIN SMALL LETTER {}", plain.to_ascii_uppercase()),
        '0'..='9' => format!("DIGIT {}", of_list(&DIGITS, '0')?),
        '!'..='/' => of_list(&FROM_EXCLAMATION, '!')?.to_owned(),
        ':'..='@' => of_list(&FROM_COLON, ':')?.to_owned(),
        '['..='`' => of_list(&FROM_BRACKET, '[')?.to_owned(),
        _ => of_list(&FROM_BRACE, '{')?.to_owned(),
    };
    Some(format!("FULLWIDTH {name}").into())
}

fn row(character: char) -> Option<&'static (char, &'static str, &'static str)> {
    let at = TABLE.binary_search_by_key(&character, |row| row.0).ok()?;
    TABLE.get(at)
}

/// The printable characters of ASCII except the space.
const PRINTABLE: &str =
    "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";

const DIGITS: [&str; 10] = ["ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE"];
const FROM_EXCLAMATION: [&str; 15] = [
    "EXCLAMATION MARK",
    "QUOTATION MARK",
    "NUMBER SIGN",
    "DOLLAR SIGN",
    "PERCENT SIGN",
    "AMPERSAND",
    "APOSTROPHE",
    "LEFT PARENTHESIS",
    "RIGHT PARENTHESIS",
    "ASTERISK",
    "PLUS SIGN",
    "COMMA",
    "HYPHEN-MINUS",
    "FULL STOP",
    "SOLIDUS",
];
const FROM_COLON: [&str; 7] = [
    "COLON",
    "SEMICOLON",
    "LESS-THAN SIGN",
    "EQUALS SIGN",
    "GREATER-THAN SIGN",
    "QUESTION MARK",
    "COMMERCIAL AT",
];
const FROM_BRACKET: [&str; 6] = [
    "LEFT SQUARE BRACKET",
    "REVERSE SOLIDUS",
    "RIGHT SQUARE BRACKET",
    "CIRCUMFLEX ACCENT",
    "LOW LINE",
    "GRAVE ACCENT",
];
const FROM_BRACE: [&str; 4] = ["LEFT CURLY BRACKET", "VERTICAL LINE", "RIGHT CURLY BRACKET", "TILDE"];

/// Characters in the order of their code points: the ASCII text and the Unicode name of each.
#[rustfmt::skip]
const TABLE: &[(char, &str, &str)] = &[
    ('\u{b}', " ", "VERTICAL TAB"),
    ('\u{c}', " ", "FORM FEED"),
    ('\u{85}', "\n", "NEXT LINE"),
    ('\u{a0}', " ", "NO-BREAK SPACE"),
    ('\u{ad}', "", "SOFT HYPHEN"),
    ('\u{b4}', "'", "ACUTE ACCENT"),
    ('\u{d7}', "x", "MULTIPLICATION SIGN"),
    ('\u{f7}', "/", "DIVISION SIGN"),
    ('\u{131}', "i", "LATIN SMALL LETTER DOTLESS I"),
    ('\u{237}', "j", "LATIN SMALL LETTER DOTLESS J"),
    ('\u{251}', "a", "LATIN SMALL LETTER ALPHA"),
    ('\u{261}', "g", "LATIN SMALL LETTER SCRIPT G"),
    ('\u{269}', "i", "LATIN SMALL LETTER IOTA"),
    ('\u{2b9}', "'", "MODIFIER LETTER PRIME"),
    ('\u{2bc}', "'", "MODIFIER LETTER APOSTROPHE"),
    ('\u{2c6}', "^", "MODIFIER LETTER CIRCUMFLEX ACCENT"),
    ('\u{2dc}', "~", "SMALL TILDE"),
    ('\u{34f}', "", "COMBINING GRAPHEME JOINER"),
    ('\u{37e}', ";", "GREEK QUESTION MARK"),
    ('\u{391}', "A", "GREEK CAPITAL LETTER ALPHA"),
    ('\u{392}', "B", "GREEK CAPITAL LETTER BETA"),
    ('\u{395}', "E", "GREEK CAPITAL LETTER EPSILON"),
    ('\u{396}', "Z", "GREEK CAPITAL LETTER ZETA"),
    ('\u{397}', "H", "GREEK CAPITAL LETTER ETA"),
    ('\u{399}', "I", "GREEK CAPITAL LETTER IOTA"),
    ('\u{39a}', "K", "GREEK CAPITAL LETTER KAPPA"),
    ('\u{39c}', "M", "GREEK CAPITAL LETTER MU"),
    ('\u{39d}', "N", "GREEK CAPITAL LETTER NU"),
    ('\u{39f}', "O", "GREEK CAPITAL LETTER OMICRON"),
    ('\u{3a1}', "P", "GREEK CAPITAL LETTER RHO"),
    ('\u{3a4}', "T", "GREEK CAPITAL LETTER TAU"),
    ('\u{3a5}', "Y", "GREEK CAPITAL LETTER UPSILON"),
    ('\u{3a7}', "X", "GREEK CAPITAL LETTER CHI"),
    ('\u{3b1}', "a", "GREEK SMALL LETTER ALPHA"),
    ('\u{3b3}', "y", "GREEK SMALL LETTER GAMMA"),
    ('\u{3b9}', "i", "GREEK SMALL LETTER IOTA"),
    ('\u{3ba}', "k", "GREEK SMALL LETTER KAPPA"),
    ('\u{3bd}', "v", "GREEK SMALL LETTER NU"),
    ('\u{3bf}', "o", "GREEK SMALL LETTER OMICRON"),
    ('\u{3c1}', "p", "GREEK SMALL LETTER RHO"),
    ('\u{3c4}', "t", "GREEK SMALL LETTER TAU"),
    ('\u{3c5}', "u", "GREEK SMALL LETTER UPSILON"),
    ('\u{3c7}', "x", "GREEK SMALL LETTER CHI"),
    ('\u{3f2}', "c", "GREEK LUNATE SIGMA SYMBOL"),
    ('\u{3f3}', "j", "GREEK LETTER YOT"),
    ('\u{405}', "S", "CYRILLIC CAPITAL LETTER DZE"),
    ('\u{406}', "I", "CYRILLIC CAPITAL LETTER BYELORUSSIAN-UKRAINIAN I"),
    ('\u{408}', "J", "CYRILLIC CAPITAL LETTER JE"),
    ('\u{410}', "A", "CYRILLIC CAPITAL LETTER A"),
    ('\u{412}', "B", "CYRILLIC CAPITAL LETTER VE"),
    ('\u{415}', "E", "CYRILLIC CAPITAL LETTER IE"),
    ('\u{417}', "3", "CYRILLIC CAPITAL LETTER ZE"),
    ('\u{41a}', "K", "CYRILLIC CAPITAL LETTER KA"),
    ('\u{41c}', "M", "CYRILLIC CAPITAL LETTER EM"),
    ('\u{41d}', "H", "CYRILLIC CAPITAL LETTER EN"),
    ('\u{41e}', "O", "CYRILLIC CAPITAL LETTER O"),
    ('\u{420}', "P", "CYRILLIC CAPITAL LETTER ER"),
    ('\u{421}', "C", "CYRILLIC CAPITAL LETTER ES"),
    ('\u{422}', "T", "CYRILLIC CAPITAL LETTER TE"),
    ('\u{423}', "Y", "CYRILLIC CAPITAL LETTER U"),
    ('\u{425}', "X", "CYRILLIC CAPITAL LETTER HA"),
    ('\u{430}', "a", "CYRILLIC SMALL LETTER A"),
    ('\u{433}', "r", "CYRILLIC SMALL LETTER GHE"),
    ('\u{435}', "e", "CYRILLIC SMALL LETTER IE"),
    ('\u{437}', "3", "CYRILLIC SMALL LETTER ZE"),
    ('\u{43a}', "k", "CYRILLIC SMALL LETTER KA"),
    ('\u{43c}', "m", "CYRILLIC SMALL LETTER EM"),
    ('\u{43e}', "o", "CYRILLIC SMALL LETTER O"),
    ('\u{43f}', "n", "CYRILLIC SMALL LETTER PE"),
    ('\u{440}', "p", "CYRILLIC SMALL LETTER ER"),
    ('\u{441}', "c", "CYRILLIC SMALL LETTER ES"),
    ('\u{442}', "t", "CYRILLIC SMALL LETTER TE"),
    ('\u{443}', "y", "CYRILLIC SMALL LETTER U"),
    ('\u{445}', "x", "CYRILLIC SMALL LETTER HA"),
    ('\u{44c}', "b", "CYRILLIC SMALL LETTER SOFT SIGN"),
    ('\u{455}', "s", "CYRILLIC SMALL LETTER DZE"),
    ('\u{456}', "i", "CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I"),
    ('\u{458}', "j", "CYRILLIC SMALL LETTER JE"),
    ('\u{475}', "v", "CYRILLIC SMALL LETTER IZHITSA"),
    ('\u{4ae}', "Y", "CYRILLIC CAPITAL LETTER STRAIGHT U"),
    ('\u{4bb}', "h", "CYRILLIC SMALL LETTER SHHA"),
    ('\u{4c0}', "I", "CYRILLIC LETTER PALOCHKA"),
    ('\u{4cf}', "l", "CYRILLIC SMALL LETTER PALOCHKA"),
    ('\u{501}', "d", "CYRILLIC SMALL LETTER KOMI DE"),
    ('\u{51b}', "q", "CYRILLIC SMALL LETTER QA"),
    ('\u{51d}', "w", "CYRILLIC SMALL LETTER WE"),
    ('\u{566}', "q", "ARMENIAN SMALL LETTER ZA"),
    ('\u{570}', "h", "ARMENIAN SMALL LETTER HO"),
    ('\u{578}', "n", "ARMENIAN SMALL LETTER VO"),
    ('\u{57d}', "u", "ARMENIAN SMALL LETTER SEH"),
    ('\u{585}', "o", "ARMENIAN SMALL LETTER OH"),
    ('\u{61c}', "", "ARABIC LETTER MARK"),
    ('\u{115f}', "", "HANGUL CHOSEONG FILLER"),
    ('\u{1160}', "", "HANGUL JUNGSEONG FILLER"),
    ('\u{1680}', " ", "OGHAM SPACE MARK"),
    ('\u{180e}', "", "MONGOLIAN VOWEL SEPARATOR"),
    ('\u{2000}', " ", "EN QUAD"),
    ('\u{2001}', " ", "EM QUAD"),
    ('\u{2002}', " ", "EN SPACE"),
    ('\u{2003}', " ", "EM SPACE"),
    ('\u{2004}', " ", "THREE-PER-EM SPACE"),
    ('\u{2005}', " ", "FOUR-PER-EM SPACE"),
    ('\u{2006}', " ", "SIX-PER-EM SPACE"),
    ('\u{2007}', " ", "FIGURE SPACE"),
    ('\u{2008}', " ", "PUNCTUATION SPACE"),
    ('\u{2009}', " ", "THIN SPACE"),
    ('\u{200a}', " ", "HAIR SPACE"),
    ('\u{200b}', "", "ZERO WIDTH SPACE"),
    ('\u{200c}', "", "ZERO WIDTH NON-JOINER"),
    ('\u{200d}', "", "ZERO WIDTH JOINER"),
    ('\u{200e}', "", "LEFT-TO-RIGHT MARK"),
    ('\u{200f}', "", "RIGHT-TO-LEFT MARK"),
    ('\u{2010}', "-", "HYPHEN"),
    ('\u{2011}', "-", "NON-BREAKING HYPHEN"),
    ('\u{2012}', "-", "FIGURE DASH"),
    ('\u{2013}', "-", "EN DASH"),
    ('\u{2014}', "-", "EM DASH"),
    ('\u{2015}', "-", "HORIZONTAL BAR"),
    ('\u{2018}', "'", "LEFT SINGLE QUOTATION MARK"),
    ('\u{2019}', "'", "RIGHT SINGLE QUOTATION MARK"),
    ('\u{201a}', "'", "SINGLE LOW-9 QUOTATION MARK"),
    ('\u{201b}', "'", "SINGLE HIGH-REVERSED-9 QUOTATION MARK"),
    ('\u{201c}', "\"", "LEFT DOUBLE QUOTATION MARK"),
    ('\u{201d}', "\"", "RIGHT DOUBLE QUOTATION MARK"),
    ('\u{201e}', "\"", "DOUBLE LOW-9 QUOTATION MARK"),
    ('\u{201f}', "\"", "DOUBLE HIGH-REVERSED-9 QUOTATION MARK"),
    ('\u{2024}', ".", "ONE DOT LEADER"),
    ('\u{2026}', "...", "HORIZONTAL ELLIPSIS"),
    ('\u{2028}', "\n", "LINE SEPARATOR"),
    ('\u{2029}', "\n", "PARAGRAPH SEPARATOR"),
    ('\u{202a}', "", "LEFT-TO-RIGHT EMBEDDING"),
    ('\u{202b}', "", "RIGHT-TO-LEFT EMBEDDING"),
    ('\u{202c}', "", "POP DIRECTIONAL FORMATTING"),
    ('\u{202d}', "", "LEFT-TO-RIGHT OVERRIDE"),
    ('\u{202e}', "", "RIGHT-TO-LEFT OVERRIDE"),
    ('\u{202f}', " ", "NARROW NO-BREAK SPACE"),
    ('\u{2032}', "'", "PRIME"),
    ('\u{2033}', "\"", "DOUBLE PRIME"),
    ('\u{2044}', "/", "FRACTION SLASH"),
    ('\u{205f}', " ", "MEDIUM MATHEMATICAL SPACE"),
    ('\u{2060}', "", "WORD JOINER"),
    ('\u{2061}', "", "FUNCTION APPLICATION"),
    ('\u{2062}', "", "INVISIBLE TIMES"),
    ('\u{2063}', "", "INVISIBLE SEPARATOR"),
    ('\u{2064}', "", "INVISIBLE PLUS"),
    ('\u{2066}', "", "LEFT-TO-RIGHT ISOLATE"),
    ('\u{2067}', "", "RIGHT-TO-LEFT ISOLATE"),
    ('\u{2068}', "", "FIRST STRONG ISOLATE"),
    ('\u{2069}', "", "POP DIRECTIONAL ISOLATE"),
    ('\u{206a}', "", "INHIBIT SYMMETRIC SWAPPING"),
    ('\u{206b}', "", "ACTIVATE SYMMETRIC SWAPPING"),
    ('\u{206c}', "", "INHIBIT ARABIC FORM SHAPING"),
    ('\u{206d}', "", "ACTIVATE ARABIC FORM SHAPING"),
    ('\u{206e}', "", "NATIONAL DIGIT SHAPES"),
    ('\u{206f}', "", "NOMINAL DIGIT SHAPES"),
    ('\u{212a}', "K", "KELVIN SIGN"),
    ('\u{2212}', "-", "MINUS SIGN"),
    ('\u{2215}', "/", "DIVISION SLASH"),
    ('\u{2216}', "\\", "SET MINUS"),
    ('\u{2217}', "*", "ASTERISK OPERATOR"),
    ('\u{2223}', "|", "DIVIDES"),
    ('\u{2236}', ":", "RATIO"),
    ('\u{223c}', "~", "TILDE OPERATOR"),
    ('\u{22c5}', "*", "DOT OPERATOR"),
    ('\u{2768}', "(", "MEDIUM LEFT PARENTHESIS ORNAMENT"),
    ('\u{2769}', ")", "MEDIUM RIGHT PARENTHESIS ORNAMENT"),
    ('\u{2800}', " ", "BRAILLE PATTERN BLANK"),
    ('\u{3000}', " ", "IDEOGRAPHIC SPACE"),
    ('\u{3001}', ",", "IDEOGRAPHIC COMMA"),
    ('\u{3002}', ".", "IDEOGRAPHIC FULL STOP"),
    ('\u{300c}', "\"", "LEFT CORNER BRACKET"),
    ('\u{300d}', "\"", "RIGHT CORNER BRACKET"),
    ('\u{3164}', "", "HANGUL FILLER"),
    ('\u{fe0e}', "", "VARIATION SELECTOR-15"),
    ('\u{fe0f}', "", "VARIATION SELECTOR-16"),
    ('\u{fe59}', "(", "SMALL LEFT PARENTHESIS"),
    ('\u{fe5a}', ")", "SMALL RIGHT PARENTHESIS"),
    ('\u{fe63}', "-", "SMALL HYPHEN-MINUS"),
    ('\u{feff}', "", "BYTE ORDER MARK"),
    ('\u{ffa0}', "", "HALFWIDTH HANGUL FILLER"),
    ('\u{fff9}', "", "INTERLINEAR ANNOTATION ANCHOR"),
    ('\u{fffa}', "", "INTERLINEAR ANNOTATION SEPARATOR"),
    ('\u{fffb}', "", "INTERLINEAR ANNOTATION TERMINATOR"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        assert!(TABLE.is_sorted_by(|one, next| one.0 < next.0));
    }

    #[test]
    fn fullwidth_forms_have_the_names_of_their_ascii_characters() {
        for (character, text, name) in [
            ('！', "!", "U+FF01 FULLWIDTH EXCLAMATION MARK"),
            ('／', "/", "U+FF0F FULLWIDTH SOLIDUS"),
            ('０', "0", "U+FF10 FULLWIDTH DIGIT ZERO"),
            ('９', "9", "U+FF19 FULLWIDTH DIGIT NINE"),
            ('；', ";", "U+FF1B FULLWIDTH SEMICOLON"),
            ('＠', "@", "U+FF20 FULLWIDTH COMMERCIAL AT"),
            ('Ａ', "A", "U+FF21 FULLWIDTH LATIN CAPITAL LETTER A"),
            ('｀', "`", "U+FF40 FULLWIDTH GRAVE ACCENT"),
            ('ｚ', "z", "U+FF5A FULLWIDTH LATIN SMALL LETTER Z"),
            ('～', "~", "U+FF5E FULLWIDTH TILDE"),
        ] {
            assert_eq!((ascii(character), &*code_point(character)), (Some(text), name));
        }
    }

    #[test]
    fn a_character_is_named_by_its_code_point() {
        assert_eq!(code_point('\u{202e}'), "U+202E RIGHT-TO-LEFT OVERRIDE");
        assert_eq!(code_point('\u{e000}'), "U+E000 (private use)");
        assert_eq!(code_point('\u{1f600}'), "U+1F600");
        assert_eq!(ascii('\u{456}'), Some("i"));
        assert_eq!(ascii('\u{e9}'), None);
        assert!(is_invisible('\u{200b}') && !is_invisible('\u{a0}'));
    }
}
