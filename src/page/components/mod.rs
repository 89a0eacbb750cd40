//! The parts that views are made of. A part draws; it does not decide.

mod add_files;
mod choice_bar;
mod columns_dialog;
mod day_field;
mod download_button;
mod figure;
mod file_card;
mod frame;
mod icon;
mod index_field;
mod limit_fields;
mod long_table;
mod navigation;
mod not_known;
mod notice;
mod number_field;
mod panel_dialog;
mod privacy;
mod problem_list;
mod question_dialog;
mod reading_strip;
mod search_field;
mod select_field;
mod top_bar;
mod verdict_mark;
mod version_line;
mod view_title;

pub(crate) use download_button::download_button;
pub(crate) use figure::Figure;
pub(crate) use file_card::{FileCards, file_cards};
pub(crate) use frame::Frame;
pub(crate) use icon::{Icon, icon};
pub(crate) use index_field::index_field;
pub(crate) use long_table::{Column, LongTable, Row, Sorting};
pub(crate) use not_known::{NOBODY_NAMED, not_known};
pub(crate) use notice::{Tone, notice};
pub(crate) use privacy::{HOST_MAY_ASK, may_come_to_be_asked, privacy};
pub(crate) use search_field::search_field;
pub(crate) use verdict_mark::verdict_mark;
pub(crate) use view_title::view_title;

use columns_dialog::ColumnsDialog;
use panel_dialog::PanelDialog;
use question_dialog::QuestionDialog;
use version_line::VersionLine;
