"""The Python of jobs."""

import os
import stat
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

from interpreters import Interpreters, own

HERE = "{}.{}".format(*sys.version_info)


class OfImages(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def says(self, interpreter, code):
        environment = {"PATH": interpreter.folder + os.pathsep + os.environ["PATH"], **interpreter.environment}
        return subprocess.run(["python", "-c", code], env=environment, capture_output=True, text=True, check=False)

    def test_an_image_of_this_python_is_this_python(self):
        for image in (f"python:{HERE}", f"registry.example/python:{HERE}-slim"):
            found = Interpreters(self.folder).of(image)
            said = self.says(found, "import sys, boto3, requests; print('{}.{}'.format(*sys.version_info))")
            self.assertEqual((HERE, ""), (said.stdout.strip(), found.note), said.stderr)
            self.assertFalse({"moto", "flask"} & set(os.listdir(found.environment["PYTHONPATH"])))

    def test_another_image_says_so(self):
        found = Interpreters(self.folder).of("acme/model:3")
        self.assertEqual(f"acme/model:3: the job runs in Python {HERE} of this machine", found.note)

    def test_the_machines_python_of_the_images_version(self):
        with tempfile.TemporaryDirectory() as path:
            other = os.path.join(path, "python3.99")
            with open(other, "w") as file:
                file.write("#!/bin/sh\necho the other\n")
            os.chmod(other, stat.S_IRWXU)
            with mock.patch.dict(os.environ, {"PATH": path + os.pathsep + os.environ["PATH"]}):
                found = Interpreters(self.folder).of("python:3.99")
            self.assertEqual(("the other", ""), (self.says(found, "").stdout.strip(), found.note))
        missing = Interpreters(self.folder).of("python:3.98")
        self.assertIn("this machine has no python3.98", missing.note)

    def test_the_one_that_is_chosen(self):
        found = Interpreters(self.folder, own()).of("python:3.98")
        self.assertEqual("", found.note)
        self.assertEqual(own(), self.says(found, "import sys; print(sys.executable)").stdout.strip())


if __name__ == "__main__":
    unittest.main()
