"""The exemption table of item c (handbook §2.c, Guideline of 2023 art. 4–7) and its linguistic rows.

Spans of each code on train that are let off, and precision of the row's own cues (`eval.judge_report`). Dev
has one to five spans of each code; 32 of its 35 are let off.

| code | spans | let off | precision |
|---|---|---|---|
| EX4_SELF_INFO | 9 | 100 % | 100 % |
| EX5_1_ATTITUDE | 18 | 94 % | 100 % |
| EX5_2_GOAL | 22 | 100 % | 100 % |
| EX5_3_UNRELATED | 16 | 100 % | 100 % |
| EX6_1_SELF_COMPARE | 30 | 93 % | 100 % |
| EX6_2_USAGE_TIP | 28 | 96 % | 100 % |
| EX6_3_GRADE | 16 | 100 % | 100 % |
| EX6_4_NAME | 27 | 96 % | 100 % |
| EX6_5_AWARD | 17 | 94 % | 100 % |
| EX6_6_FACT | 17 | 88 % | 100 % |
| EX_BACKGROUND | 12 | 100 % | 100 % |
| NOT_SUPERLATIVE | 56 | 100 % | 100 % |
| QUANT_LIMIT | 26 | 96 % | 100 % |
| SUBJ_PREF | 29 | 100 % | 100 % |
| OTHER_OBJECT | 26 | 96 % | 96 % |
"""
