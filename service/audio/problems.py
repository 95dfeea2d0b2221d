"""Refusals of the sound room."""

from service.errors import ProblemType

TOO_LARGE = ProblemType(
    "audio.too_large",
    413,
    "The audio file is too large",
    "音频文件过大",
    "Send one segment of the stream at a time, or lower the bit rate; the limit is in the detail.",
    "请每次只发送直播流的一个片段，或降低码率；上限见 detail。",
)
EMPTY = ProblemType(
    "audio.empty",
    422,
    "The audio holds no sound",
    "音频为空",
    "Send a segment with at least one audio frame; a silent segment is silence, not an empty file.",
    "请发送至少含一个音频帧的片段；静音片段应包含静音数据，而不是空文件。",
)
UNSUPPORTED_CONTAINER = ProblemType(
    "audio.unsupported_container",
    415,
    "The audio container is not supported",
    "不支持的音频封装格式",
    "Send MPEG-TS, FLV, MP4 (also fragmented), ADTS, MP3, OGG, WebM or Matroska, FLAC or WAV; playlists are "
    "not read.",
    "请发送 MPEG-TS、FLV、MP4（含分片）、ADTS、MP3、OGG、WebM/Matroska、FLAC 或 WAV；不读取播放列表。",
)
UNDECODABLE = ProblemType(
    "audio.undecodable",
    422,
    "No sound could be decoded from the file",
    "文件中没有可解码的声音",
    "Check that the file plays and has an audio track in AAC, MP3, MP2, Opus, Vorbis, FLAC, ALAC or PCM.",
    "请确认文件可以播放，且含 AAC、MP3、MP2、Opus、Vorbis、FLAC、ALAC 或 PCM 音轨。",
)
TOO_LONG = ProblemType(
    "audio.too_long",
    413,
    "The audio is too long",
    "音频过长",
    "Cut the stream into shorter segments (ten seconds is usual); the limit is in the detail.",
    "请把直播流切成更短的片段（通常为十秒）；上限见 detail。",
)
TOO_MANY_CHANNELS = ProblemType(
    "audio.too_many_channels",
    422,
    "The audio has too many channels",
    "声道数过多",
    "Mix the sound down to one or two channels; the limit is in the detail.",
    "请把声音混缩为一到两个声道；上限见 detail。",
)
RATE_UNSUPPORTED = ProblemType(
    "audio.rate_unsupported",
    422,
    "The sampling rate is not supported",
    "不支持的采样率",
    "Resample to 16, 44.1 or 48 kHz; the limits are in the detail.",
    "请重采样为 16、44.1 或 48 kHz；上下限见 detail。",
)
DECODER_CRASHED = ProblemType(
    "audio.decoder_crashed",
    422,
    "The decoder broke down on this file",
    "解码器在该文件上崩溃",
    "The file is damaged in a way that the decoder does not survive. Encode the segment again. Other "
    "segments are not affected.",
    "文件的损坏方式使解码器无法继续。请重新编码该片段。其他片段不受影响。",
)
DECODE_TIMEOUT = ProblemType(
    "audio.decode_timeout",
    422,
    "Decoding took too long",
    "解码超时",
    "The file costs far more to decode than sound of its length should. Encode the segment again.",
    "解码该文件的开销远超同等时长的声音。请重新编码该片段。",
)

BY_CODE = {
    problem.code: problem
    for problem in (
        TOO_LARGE,
        EMPTY,
        UNSUPPORTED_CONTAINER,
        UNDECODABLE,
        TOO_LONG,
        TOO_MANY_CHANNELS,
        RATE_UNSUPPORTED,
        DECODER_CRASHED,
        DECODE_TIMEOUT,
    )
}
"""What a decoding process may answer, by code."""
