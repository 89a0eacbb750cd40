//! A color of somebody's own for buttons and links, made so that all words on it and in it stay readable.

/// A color, and the three that follow from it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Accent {
    color: Color,
}

/// Red, green and blue.
type Color = [u8; 3];

const BLACK: Color = [0; 3];
const WHITE: Color = [255; 3];

/// Below this, white words on a color are readable; above it, black ones.
const DARK: f64 = 0.18;

/// Words of this lightness are readable on every light ground of the page, on every dark one.
const WORDS_ON_LIGHT: f64 = 0.135;
const WORDS_ON_DARK: f64 = 0.37;

impl Accent {
    /// A color in the form `#5b5fc7`.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        let is_plain = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        let color = u32::from_str_radix(digits, 16).ok().filter(|_| is_plain)?;
        let [_, color @ ..] = color.to_be_bytes();
        Some(Self { color })
    }

    /// The properties of the style sheet, with their values.
    pub(crate) fn properties(self) -> [(&'static str, String); 6] {
        let (on, away) = if luminance(self.color) < DARK {
            (WHITE, BLACK)
        } else {
            (BLACK, WHITE)
        };
        let on_light = mixed_until(self.color, BLACK, |color| {
            luminance(color) <= WORDS_ON_LIGHT
        });
        let on_dark = mixed_until(self.color, WHITE, |color| luminance(color) >= WORDS_ON_DARK);
        let plain = |color| hex(color);
        [
            ("--brand", plain(self.color)),
            ("--brand-hover", plain(mixed(self.color, away, 26))),
            ("--brand-press", plain(mixed(self.color, away, 51))),
            ("--on-brand", plain(on)),
            (
                "--brand-text",
                format!("light-dark({}, {})", hex(on_light), hex(on_dark)),
            ),
            ("--top", format!("light-dark({}, #141414)", hex(on_light))),
        ]
    }
}

fn hex([red, green, blue]: Color) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// A color with so many 255ths of another.
fn mixed(color: Color, other: Color, share: u32) -> Color {
    let mix = |idx: usize| {
        let (one, two) = (u32::from(color[idx]), u32::from(other[idx]));
        ((one * (255 - share) + two * share) / 255) as u8
    };
    [mix(0), mix(1), mix(2)]
}

fn mixed_until(color: Color, other: Color, is_enough: impl Fn(Color) -> bool) -> Color {
    let shares = (0..255).map(|share| mixed(color, other, share));
    shares
        .into_iter()
        .find(|color| is_enough(*color))
        .unwrap_or(other)
}

/// Relative luminance, 0 to 1. A polynomial stands for the true curve, and is nowhere far from it.
fn luminance(color: Color) -> f64 {
    let [red, green, blue] = color.map(|part| {
        let part = f64::from(part) / 255.0;
        part * (part * (part * 0.305_306 + 0.682_171) + 0.012_523)
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::{Accent, Color};

    /// As the Web Content Accessibility Guidelines define it.
    fn true_luminance(color: Color) -> f64 {
        let [red, green, blue] = color.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn contrast(one: Color, two: Color) -> f64 {
        let (one, two) = (true_luminance(one), true_luminance(two));
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    fn color(text: &str) -> Color {
        Accent::of(text).expect("a color").color
    }

    #[test]
    fn words_are_readable_whatever_color_is_chosen() {
        for code in (0..0x0100_0000).step_by(4_999) {
            let accent = Accent::of(&format!("#{code:06x}")).expect("a color");
            let [brand, _, _, on, text, top] = accent.properties().map(|(_, value)| value);
            assert!(contrast(color(&brand), color(&on)) >= 4.5, "{brand} {on}");
            let pair = |value: &str| {
                let inner = value
                    .strip_prefix("light-dark(")
                    .and_then(|rest| rest.strip_suffix(')'));
                let (light, dark) = inner
                    .and_then(|inner| inner.split_once(", "))
                    .expect("a pair");
                (color(light), color(dark))
            };
            let (on_light, on_dark) = pair(&text);
            assert!(
                contrast(on_light, color("#ebebfa")) >= 4.5,
                "{brand} {text}"
            );
            assert!(contrast(on_dark, color("#34355a")) >= 4.5, "{brand} {text}");
            assert!(
                contrast(pair(&top).0, color("#ffffff")) >= 4.5,
                "{brand} {top}"
            );
        }
    }

    #[test]
    fn only_six_digits_are_a_color() {
        for text in [
            "", "5b5fc7", "#fff", "#5b5fc", "#5b5fc7a", "#+b5fc7", "#ü5fc7", "red",
        ] {
            assert_eq!(Accent::of(text), None, "{text}");
        }
    }
}
