"""The bytes by which formats show themselves: where they stand and what they say.

Signatures are those of the formats' own specifications; those of programs without one are from the Library of Congress's
descriptions of formats and from PRONOM, read in November 2026.
"""

from collections.abc import Mapping

STARTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x00\x00\x00\x0cjP  ", "jpeg2000"),
    (b"\xff\x4f\xff\x51\x00", "jpeg2000"),
    (b"8BPS\x00\x01", "psd"),
    (b"\xd7\xcd\xc6\x9a\x00\x00", "windows_metafile"),
    (b"ARROW1\x00\x00", "arrow"),
    (b"Obj\x01", "avro"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\x04\x22\x4d\x18", "lz4"),
    (b"\x1f\x9d", "compress"),
    (b"7z\xbc\xaf\x27\x1c", "seven_zip"),
    (b"Rar!\x1a\x07", "rar"),
    (b"MSCF\x00\x00\x00\x00", "cabinet"),
    (b"\x0e\x03\x13\x01", "hdf"),
    (b"CDF\x01", "netcdf"),
    (b"CDF\x02", "netcdf"),
    (b"CDF\x05", "netcdf"),
    (b"<stata_dta>", "stata"),
    (b"HEADER RECORD*******LIBRARY HEADER RECORD", "sas_transport"),
    (b"HEADER RECORD*******LIBV8", "sas_transport"),
    (b"MATLAB 5.0 MAT-file", "matlab"),
    (b"MATLAB 7.3 MAT-file", "matlab"),
    (b"\x93NUMPY", "numpy"),
    (b"\x00\x01\x00\x00Standard Jet DB", "access"),
    (b"\x00\x01\x00\x00Standard ACE DB", "access"),
    (b"\x7fELF", "executable"),
    (b"{\\rtf", "rtf"),
    (b"%!PS", "postscript"),
    (b"\xc5\xd0\xd3\xc6", "postscript"),
    (b"AutoCAD Binary DXF\r\n", "dxf"),
    (b"fgb\x03fgb", "flatgeobuf"),
    (b"PMTiles\x03", "pmtiles"),
    (b"\x00\x00\x27\x0a\xff\xff\xfe\x70", "shapefile_index"),
    (b"SQT\x01", "shapefile_index"),
    (b"SQT\x02", "shapefile_index"),
    (b"\xff\xfb", "mp3"),
    (b"\xff\xf3", "mp3"),
    (b"OggS\x00", "ogg"),
    (b"fLaC\x00", "flac"),
    (b"\x1a\x45\xdf\xa3", "matroska"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "windows_media"),
    (b"\x09\x00\x04\x00", "xls"),
    (b"\x09\x02\x06\x00", "xls"),
    (b"\x09\x04\x06\x00", "xls"),
)
"""Fixed first bytes → format. The last three are the beginning-of-file records of Excel 2 to 4, which came before OLE2."""
WORDS: tuple[tuple[bytes, str], ...] = (
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"PAR1", "parquet"),
    (b"PARE", "parquet"),
    (b"FEA1", "arrow"),
    (b"ORC", "orc"),
    (b"BZh", "bzip2"),
    (b"GRIB", "grib"),
    (b"$FL2", "spss"),
    (b"$FL3", "spss"),
    (b"RDX2\n", "r_data"),
    (b"RDX3\n", "r_data"),
    (b"AC10", "dwg"),
    (b"WARC/", "warc"),
    (b"$HDT", "hdt"),
    (b"ID3", "mp3"),
    (b"msid", "mrsid"),
)
"""First bytes that are letters, so that a table may start with them (`ID3,name`): what follows must not be text."""
PLAIN = frozenset({"warc", "gif"})
"""Formats of the list above of which small files may hold nothing but text, and whose words no table starts with."""
PLACES: tuple[tuple[int, bytes, str], ...] = (
    (4, b"ftyp", "mp4"),
    (8, b"DUCK", "duckdb"),
    (257, b"ustar", "tar"),
    (32_769, b"CD001", "iso"),
)
"""Bytes at a fixed place further on."""
RIFF: Mapping[bytes, str] = {b"WEBP": "webp", b"WAVE": "wav", b"AVI ": "avi"}
STILL_BRANDS = frozenset({b"heic", b"heix", b"heif", b"mif1", b"msf1", b"hevc", b"avif", b"avis"})
"""Brands of an ISO base media file that hold pictures (ISO/IEC 23008-12, AV1 image file format)."""
SAS = bytes.fromhex("000000000000000000000000c2ea8160b31411cfbd92080009c7318c181f1011")
HDF5 = b"\x89HDF\r\n\x1a\n"
HDF5_PLACES = (0, 512, 1_024, 2_048, 4_096)
"""A block of the user's own may stand before an HDF5 file (HDF5 file format, superblock)."""
NETCDF4 = (b"_NCProperties", b"_Netcdf4Dimid", b"_Netcdf4Coordinates", b"_nc3_strict")
"""Attributes that the netCDF library writes into every HDF5 file that is netCDF-4 (netCDF file format specifications)."""
SERIALISED_R = (b"RDX2\n", b"RDX3\n", b"RDA2\n", b"RDA3\n", b"X\n\x00\x00\x00\x02", b"X\n\x00\x00\x00\x03")
"""How R writes objects; it packs them with gzip unless told otherwise (R internals, serialization formats)."""
