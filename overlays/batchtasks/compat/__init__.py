"""azure-batch 14.2.0, as far as tasks, jobs and files go: change the imports of a program from `azure.batch` to this.

    from batchtasks.compat import BatchServiceClient, SharedKeyCredentials, models

    client = BatchServiceClient(SharedKeyCredentials(name, key), batch_url=url)
    client.task.add_collection("job1", [models.TaskAddParameter(id="t1", command_line="true")], threads=8)

The modules have the names that they have there: batch_auth, models, operations, custom.custom_errors; the exceptions of msrest
are in `exceptions`. What is different, and the way on to `client.task` of this package, stands in docs/migrating.md.
"""

from batchtasks.compat import batch_auth as batch_auth
from batchtasks.compat import models as models
from batchtasks.compat import operations as operations
from batchtasks.compat._batch_service_client import BatchServiceClient as BatchServiceClient
from batchtasks.compat._batch_service_client import BatchServiceClientConfiguration as BatchServiceClientConfiguration
from batchtasks.compat.batch_auth import SharedKeyCredentials as SharedKeyCredentials

# Of the package whose place this takes.
VERSION = __version__ = "14.2.0"
