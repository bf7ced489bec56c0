"""The checkup reads the kernel's own table of mounts."""

from pathlib import Path

from minga.checkup import NETWORK_FILE_SYSTEMS, file_system_of

MOUNTS = """\
/dev/sda1 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
server:/srv /srv/share nfs4 rw 0 0
/dev/sdb1 /srv/share/local xfs rw 0 0
//server/share /mnt/two\\040words cifs rw 0 0
/dev/sdc1 /data ext4 rw 0 0
server:/data /data nfs rw 0 0
"""


def test_the_deepest_mount_holds_the_path() -> None:
    assert file_system_of(Path("/home/minga/var"), MOUNTS) == "ext4"
    assert file_system_of(Path("/srv/share/minga"), MOUNTS) == "nfs4"
    assert file_system_of(Path("/srv/shared"), MOUNTS) == "ext4"
    assert file_system_of(Path("/srv/share/local/minga"), MOUNTS) == "xfs"


def test_a_space_in_a_mount_point_hides_no_network_disk() -> None:
    assert file_system_of(Path("/mnt/two words/minga"), MOUNTS) == "cifs"


def test_of_two_mounts_on_one_point_the_later_counts() -> None:
    assert file_system_of(Path("/data/minga"), MOUNTS) == "nfs"


def test_network_file_systems_are_known() -> None:
    assert {"nfs", "nfs4", "cifs"} <= NETWORK_FILE_SYSTEMS
    assert not {"ext4", "xfs", "btrfs", "apfs", "overlay", "tmpfs"} & NETWORK_FILE_SYSTEMS
